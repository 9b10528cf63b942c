package io.jstorage.spi;

/**
 * Bytes under keys in some medium; most backends implement this interface. {@link Storages#of}
 * joins it with a codec. The contract of {@link Store} applies; in addition, arrays change owner:
 * neither side touches an array after handing it over.
 */
public interface ByteStore extends Store<byte[]> {}
