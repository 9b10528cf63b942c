package io.jstorage.jcache;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import io.jstorage.codec.Codecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;

/**
 * Other keys as bytes by Java serialization, for storages that others may share.
 *
 * <p>The bytes stand for the key, so equal keys must have equal bytes. Whether a class is of that
 * kind shows only when it is used: its first key is read back, compared and written once more. Only
 * what is allowed is read: others may write to the storage.
 */
final class SerializedKeys implements OtherKeys {
  static final String TAG = "(Serialized)";

  private final Codec<?> codec;
  private final Set<Class<?>> tried = ConcurrentHashMap.newKeySet();

  SerializedKeys(Class<?> type, Collection<String> allow) {
    this.codec = Codecs.serialized(TypeRef.of(type), allow, Codecs.DEFAULT_SERIALIZED_LIMIT);
  }

  @Override
  public Name find(Object key) {
    return name(key);
  }

  @Override
  public Name name(Object key) {
    byte[] bytes = bytesOf(key);
    if (!tried.contains(key.getClass())) {
      tryOut(key, bytes);
      tried.add(key.getClass());
    }
    return KeyTexts.shortened(TAG + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static byte[] bytesOf(Object key) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (CanonicalOutput out = new CanonicalOutput(target)) {
      out.writeObject(key);
    } catch (IOException e) {
      throw new CacheException(
          "%s cannot be a key: it is not serializable (%s)".formatted(describe(key), e), e);
    }
    return target.toByteArray();
  }

  private void tryOut(Object key, byte[] bytes) {
    Object copy;
    try {
      copy = codec.decode(bytes);
    } catch (IOException e) {
      throw new CacheException(
          "%s cannot be a key: it cannot be read back (%s)"
              .formatted(describe(key), e.getMessage()),
          e);
    }
    if (!copy.equals(key) || copy.hashCode() != key.hashCode()) {
      throw new CacheException(
          "%s cannot be a key: after serialization it is not equal to itself. Give the class equals and hashCode over what it serializes"
              .formatted(describe(key)));
    }
    if (!Arrays.equals(bytesOf(copy), bytes)) {
      throw new CacheException(
          "%s cannot be a key: equal objects of this class are serialized differently. Make transient what is computed later, such as a hash code, and use no hash tables"
              .formatted(describe(key)));
    }
  }

  @Override
  public Object read(String text, Stored<?> stored) {
    try {
      return codec.decode(Base64.getUrlDecoder().decode(text));
    } catch (IOException e) {
      throw new CacheException("a key cannot be read: " + e.getMessage(), e);
    }
  }

  private static String describe(Object key) {
    return "an object of " + key.getClass().getName();
  }
}
