package io.jstorage.memory;

/** Keys and values by their bytes. */
final class ByteWeigher implements Weigher<Object> {
  static final ByteWeigher INSTANCE = new ByteWeigher();

  private ByteWeigher() {}

  @Override
  public long weigh(String key, Object value) {
    if (value instanceof byte[] bytes) {
      return utf8Bytes(key) + bytes.length;
    }
    if (value instanceof String text) {
      return utf8Bytes(key) + utf8Bytes(text);
    }
    throw new IllegalArgumentException(
        "a value of %s has no size in bytes, as a byte[] and a String have: give the option 'weigher' beside 'weight'"
            .formatted(value.getClass()));
  }

  /** Half of a surrogate pair counts 2 bytes, so that a pair has its 4. */
  private static long utf8Bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
