/**
 * Storages that live in memory, and expiry in front of other storages.
 *
 * <p>{@link io.jstorage.memory.LruStorage} keeps a limited number of objects; {@link
 * io.jstorage.memory.VolatileStorage} lets the entries of another storage expire.
 */
@NullMarked
package io.jstorage.memory;

import org.jspecify.annotations.NullMarked;
