package io.jstorage.cache;

import io.jstorage.InvalidKeyException;
import io.jstorage.StorageException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Other keys in memory: each key that is not equal to one in use gets a number. Entries hold their
 * keys, and a number is released when its key is no longer referenced, so that there are never more
 * numbers than entries.
 */
final class InternedKeys implements OtherKeys {
  static final String TAG = "(Object)";

  /** The name of nothing: no key has this text. */
  private static final CacheKey NOTHING = CacheKey.of("(Nothing)", "(Nothing)");

  private final UnaryOperator<Object> copy;
  private final ConcurrentHashMap<Object, Numbered> numbers = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final AtomicLong last = new AtomicLong();

  /**
   * By value, keys are copied when they are first put; by reference, the copy is the key itself.
   */
  InternedKeys(UnaryOperator<Object> copy) {
    this.copy = copy;
  }

  /** A key that does not keep itself in use, with its name. */
  private static final class Numbered extends WeakReference<Object> {
    private final int hash;
    private final String text;

    Numbered(Object key, long number, ReferenceQueue<Object> gone) {
      super(key, gone);
      this.hash = key.hashCode();
      this.text = TAG + number;
    }

    @Nullable CacheKey name() {
      Object key = get();
      return key == null ? null : new CacheKey(text, text, key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object key = get();
      return key != null && other instanceof Numbered number && key.equals(number.get());
    }
  }

  /** A key that is compared with those in use. */
  private static final class Sought {
    private final Object key;

    Sought(Object key) {
      this.key = key;
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numbered number && key.equals(number.get());
    }
  }

  @Override
  public CacheKey find(Object key) {
    Numbered number = numbers.get(new Sought(key));
    CacheKey name = number == null ? null : number.name();
    return name == null ? NOTHING : name;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // It is one object.
  public CacheKey name(Object key) {
    CacheKey present = find(key);
    if (present != NOTHING) {
      return present;
    }
    forgetGone();
    Object kept = copy.apply(key);
    if (!kept.equals(key) || kept.hashCode() != key.hashCode()) {
      throw new InvalidKeyException(
          "an object of %s cannot be a key: a copy is not equal to it. Give the class equals and hashCode over what it serializes, or let the cache store by reference"
              .formatted(key.getClass().getName()));
    }
    Numbered own = new Numbered(kept, last.incrementAndGet(), gone);
    while (true) {
      Numbered first = numbers.putIfAbsent(own, own);
      if (first == null) {
        return new CacheKey(own.text, own.text, kept);
      }
      CacheKey name = first.name();
      if (name != null) {
        return name;
      }
      numbers.remove(first, first);
    }
  }

  private void forgetGone() {
    Reference<?> number;
    while ((number = gone.poll()) != null) {
      numbers.remove(number, number);
    }
  }

  /** How many keys are remembered, for tests. */
  int count() {
    forgetGone();
    return numbers.size();
  }

  @Override
  public Object read(String text, @Nullable Object held) {
    if (held != null) {
      return held;
    }
    throw new StorageException("the storage has an entry that this cache did not write: " + text);
  }
}
