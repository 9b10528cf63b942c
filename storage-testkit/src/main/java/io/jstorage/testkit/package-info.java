/**
 * The storage contract as tests for all implementations, and tools for tests of storages.
 *
 * <p>Extend {@link io.jstorage.testkit.StorageContract} for a storage, {@link
 * io.jstorage.testkit.ByteStoreContract} for a byte store, and {@link
 * io.jstorage.testkit.LruContract} for a storage that evicts the least recently used entry; {@link
 * io.jstorage.testkit.CodecContract} for a codec, and {@link
 * io.jstorage.testkit.ByteTransformContract} for a transform.
 */
@NullMarked
package io.jstorage.testkit;

import org.jspecify.annotations.NullMarked;
