/** Storages that live in memory: {@link io.jstorage.memory.LruStorage}. */
@NullMarked
package io.jstorage.memory;

import org.jspecify.annotations.NullMarked;
