package io.jstorage.jcache;

/** The form that values have in a storage. */
interface Form<V> {
  Object toStored(V value);

  V fromStored(Object stored);

  /** The value itself: by reference in memory, or where the storage's codec makes bytes of it. */
  static <V> Form<V> itself(Class<V> type) {
    return new Form<>() {
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
  static <V> Form<V> copy(Class<V> type, Serialization serialization) {
    return new Form<>() {
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
