/**
 * The storage contract: what users hold, configure and catch.
 *
 * <p>{@link io.jstorage.Storage} is the one interface to learn; {@code
 * io.jstorage.provider.StorageProvider} makes storages by name.
 */
@NullMarked
package io.jstorage;

import org.jspecify.annotations.NullMarked;
