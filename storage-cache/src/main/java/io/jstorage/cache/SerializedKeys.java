package io.jstorage.cache;

import io.jstorage.Codec;
import io.jstorage.InvalidKeyException;
import io.jstorage.StorageException;
import io.jstorage.TypeRef;
import io.jstorage.jdk.SerializedCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Other keys as bytes by Java serialization, for storages that others may share.
 *
 * <p>The bytes stand for the key, so equal keys must have equal bytes. Whether a class is of that
 * kind shows only when it is used: its first key is read back, compared and written once more. Only
 * what is allowed is read: others may write to the storage.
 */
final class SerializedKeys implements OtherKeys {
  static final String TAG = "(Serialized)";

  /** Reads keys back; null where no entry's key is ever read. */
  private final @Nullable Codec<?> codec;

  private final Set<Class<?>> tried = ConcurrentHashMap.newKeySet();

  SerializedKeys(Class<?> type, Collection<String> allow) {
    this.codec = SerializedCodec.of(TypeRef.of(type), allow, SerializedCodec.DEFAULT_LIMIT);
  }

  /** Only writes keys. */
  SerializedKeys() {
    this.codec = null;
  }

  @Override
  public CacheKey find(Object key) {
    return name(key);
  }

  @Override
  public CacheKey name(Object key) {
    byte[] bytes = bytesOf(key);
    if (!tried.contains(key.getClass())) {
      tryOut(key, bytes);
      tried.add(key.getClass());
    }
    return CacheKeys.shortened(TAG + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static byte[] bytesOf(Object key) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (CanonicalOutput out = new CanonicalOutput(target)) {
      out.writeObject(key);
    } catch (IOException e) {
      throw new InvalidKeyException(
          "%s cannot be a key: it is not serializable (%s)".formatted(describe(key), e));
    }
    return target.toByteArray();
  }

  private void tryOut(Object key, byte[] bytes) {
    Object copy;
    try {
      copy = codec == null ? OwnInput.read(bytes, key) : codec.decode(bytes);
    } catch (IOException e) {
      throw new InvalidKeyException(
          "%s cannot be a key: it cannot be read back (%s)"
              .formatted(describe(key), e.getMessage()));
    }
    if (!copy.equals(key) || copy.hashCode() != key.hashCode()) {
      throw new InvalidKeyException(
          "%s cannot be a key: after serialization it is not equal to itself. Give the class equals and hashCode over what it serializes"
              .formatted(describe(key)));
    }
    if (!Arrays.equals(bytesOf(copy), bytes)) {
      throw new InvalidKeyException(
          "%s cannot be a key: equal objects of this class are serialized differently. Make transient what is computed later, such as a hash code, and use no hash tables"
              .formatted(describe(key)));
    }
  }

  @Override
  public Object read(String text, @Nullable Object held) {
    if (codec == null) {
      throw new UnsupportedOperationException("keys are only written here, and not read");
    }
    try {
      return codec.decode(Base64.getUrlDecoder().decode(text));
    } catch (IOException e) {
      throw new StorageException("a key cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads what this process has written just before, and nothing else: no list of classes. */
  private static final class OwnInput extends ObjectInputStream {
    private final @Nullable ClassLoader loader;

    private OwnInput(byte[] bytes, @Nullable ClassLoader loader) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.loader = loader;
    }

    static Object read(byte[] bytes, Object key) throws IOException {
      try (OwnInput in = new OwnInput(bytes, key.getClass().getClassLoader())) {
        return in.readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException(e.toString(), e);
      }
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }

  private static String describe(Object key) {
    return "an object of " + key.getClass().getName();
  }
}
