package io.jstorage.jcache;

/** Converts values to the form that they have in a storage, and back. */
interface ValueConverter<V> {
  Object toStored(V value);

  V fromStored(Object stored);

  /** The value itself: by reference in memory, or where the storage's codec makes bytes of it. */
  static <V> ValueConverter<V> identity(Class<V> type) {
    return new ValueConverter<>() {
      @Override
      public Object toStored(V value) {
        return value;
      }

      @Override
      public V fromStored(Object stored) {
        return type.cast(stored);
      }
    };
  }

  /** A copy made by serialization: by value in memory. Immutable values are kept as they are. */
  static <V> ValueConverter<V> copying(Class<V> type, Serialization serialization) {
    return new ValueConverter<>() {
      @Override
      public Object toStored(V value) {
        return Serialization.isImmutable(value) ? value : new Copy(serialization.write(value));
      }

      @Override
      public V fromStored(Object stored) {
        return type.cast(stored instanceof Copy copy ? serialization.read(copy.bytes) : stored);
      }
    };
  }

  /** The bytes of a value. */
  final class Copy {
    private final byte[] bytes;

    private Copy(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
