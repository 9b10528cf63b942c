package io.jstorage.spi;

/**
 * Bytes under keys in some medium: what most backends implement. {@link Storages#of} joins it with
 * a codec. All that {@link Store} says holds; in addition, arrays change owner: neither side
 * touches an array after handing it over.
 */
public interface ByteStore extends Store<byte[]> {}
