package io.jstorage.spi;

/** A {@link ForwardingStore} of bytes. */
public class ForwardingByteStore extends ForwardingStore<byte[]> implements ByteStore {
  /**
   * Makes a store in front of another one.
   *
   * @param delegate the other store
   */
  protected ForwardingByteStore(ByteStore delegate) {
    super(delegate);
  }
}
