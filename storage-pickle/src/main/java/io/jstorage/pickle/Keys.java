package io.jstorage.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys of maps and elements of sets. Java compares arrays and mutable collections in other ways
 * than Python compares keys, so bytes are a read-only {@link ByteBuffer} there, and tuples are made
 * of keys themselves.
 */
final class Keys {
  /** 100: keys of one hash code that a hash table finds no order of are compared one by one. */
  private static final int MAX_EQUAL_HASHES = 100;

  /** 1 KiB: hashing so much takes a microsecond, and few keys are longer. */
  static final int LONG_KEY = 1_024;

  /** 64: as many bytes of a long key count as one more element. */
  private static final int BYTES_OF_AN_ELEMENT = 64;

  /** A buffer is hashed byte by byte, a text many characters at a time. */
  private static final int SLOWER_THAN_TEXT = 20;

  private Keys() {}

  /** Turns what a user has as a key into one: a list is a tuple there, and a set is frozen. */
  static @Nullable Object ofJava(@Nullable Object object) throws Refusal {
    if (object instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
    if (KeyOrder.isKey(object)) {
      return object;
    }
    if (object instanceof List<?> list) {
      return new KeyTuple(ofJava(list));
    }
    if (object instanceof Set<?> set) {
      return new KeySet(ofJava(set));
    }
    throw noKey(object);
  }

  static @Nullable Object[] ofJava(Collection<?> objects) throws Refusal {
    @Nullable Object[] keys = objects.toArray();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ofJava(keys[i]);
    }
    return keys;
  }

  /**
   * Returns how much a key counts besides the elements that it has: hashing and comparing it takes
   * time for its length, and a pickle may use it as a key any number of times.
   */
  static int weight(@Nullable Object key) {
    if (key instanceof String text) {
      return weight(text.length());
    } else if (key instanceof ByteBuffer buffer) {
      return weight(SLOWER_THAN_TEXT * (long) buffer.remaining());
    } else if (key instanceof BigInteger number) {
      return weight(number.bitLength() / 8);
    } else if (key instanceof KeyTuple tuple) {
      return tuple.weight();
    }
    return key instanceof KeySet set ? set.weight() : 0;
  }

  private static int weight(long bytes) {
    return bytes <= LONG_KEY ? 0 : (int) Math.min(Integer.MAX_VALUE, bytes / BYTES_OF_AN_ELEMENT);
  }

  static int weight(@Nullable Object[] keys) {
    long weight = 0;
    for (Object key : keys) {
      weight += weight(key);
    }
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  static Refusal noKey(@Nullable Object object) {
    return object instanceof byte[]
        ? new Refusal(
            "an array is no key, as Java compares it by identity: wrap it in a ByteBuffer")
        : new Refusal(
            "a %s can be no key of a dict and no element of a set in Python"
                .formatted(object == null ? null : object.getClass().getName()));
  }

  static Refusal twice(@Nullable Object key) {
    return new Refusal("two keys of a dict, or elements of a set, are equal").in(key);
  }

  /**
   * Refuses keys that would make a hash table slow. It finds an order of keys of one class that has
   * one, however many have the same hash code; of others it compares each with each.
   */
  static void checkSpread(@Nullable Object[] keys) throws Refusal {
    if (keys.length <= MAX_EQUAL_HASHES || isOrdered(keys)) {
      return;
    }
    // The hash code in the upper half, the position in the lower one.
    long[] hashes = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      Object key = keys[i];
      hashes[i] = (long) (key == null ? 0 : key.hashCode()) << Integer.SIZE | i;
    }
    Arrays.sort(hashes);
    for (int from = 0, to; from < hashes.length; from = to) {
      for (to = from + 1; to < hashes.length && sameHash(hashes[from], hashes[to]); to++) {}
      if (to - from > MAX_EQUAL_HASHES) {
        @Nullable Object[] equal = new @Nullable Object[to - from];
        for (int i = from; i < to; i++) {
          equal[i - from] = keys[(int) hashes[i]];
        }
        if (!isOrdered(equal)) {
          throw new Refusal(
              "there are more than %d keys of one hash code".formatted(MAX_EQUAL_HASHES));
        }
      }
    }
  }

  private static boolean sameHash(long left, long right) {
    return left >> Integer.SIZE == right >> Integer.SIZE;
  }

  private static boolean isOrdered(@Nullable Object[] keys) {
    Object first = keys[0];
    if (first == null || first instanceof ByteBuffer) {
      return false;
    }
    for (Object key : keys) {
      if (key == null || key.getClass() != first.getClass()) {
        return false;
      }
    }
    return true;
  }
}
