package io.jstorage.jcache;

import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * One call of an entry processor. Its result is one conditional write. If the entry has changed
 * concurrently, the processor is called again with the current entry.
 */
final class Invocation<K, V> {
  private final Entries<K, V> entries;
  private final @Nullable Loading<K, V> readThrough;
  private final Statistics statistics;
  private final Consumer<V> check;

  Invocation(
      Entries<K, V> entries,
      @Nullable Loading<K, V> readThrough,
      Statistics statistics,
      Consumer<V> check) {
    this.entries = entries;
    this.readThrough = readThrough;
    this.statistics = statistics;
    this.check = check;
  }

  <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    long start = statistics.start();
    Run<T> run = new Run<>(processor, arguments);
    Outcome<V> outcome = entries.change(key, before -> run.process(new Seen(key, before)));
    statistics.got(outcome.before() != null, start);
    statistics.put(outcome.wrote() && !run.loaded ? 1 : 0, start);
    statistics.removed(outcome.removed() ? 1 : 0, start);
    outcome.orThrow();
    return run.result;
  }

  /** The attempts of one call. */
  private final class Run<T> {
    private final EntryProcessor<K, V, T> processor;
    private final @Nullable Object[] arguments;
    private @Nullable T result;
    private boolean loaded;

    Run(EntryProcessor<K, V, T> processor, @Nullable Object[] arguments) {
      this.processor = processor;
      this.arguments = arguments;
    }

    Change<V> process(Seen entry) {
      try {
        result = processor.process(entry, arguments);
      } catch (CacheException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new EntryProcessorException(e);
      }
      loaded = entry.loaded;
      return entry.change();
    }
  }

  /** The entry as the processor sees and changes it. */
  private final class Seen implements MutableEntry<K, V> {
    private final K key;
    private final boolean present;
    private @Nullable V value;
    private boolean accessed;
    private boolean loaded;
    private boolean set;
    private boolean removed;

    Seen(K key, @Nullable V value) {
      this.key = key;
      this.value = value;
      this.present = value != null;
    }

    @Override
    public boolean exists() {
      return value != null;
    }

    @Override
    public @Nullable V getValue() {
      if (!set && !removed) {
        if (present) {
          accessed = true;
        } else if (value == null && readThrough != null) {
          value = readThrough.loadOnly(key);
          loaded = value != null;
        }
      }
      return value;
    }

    @Override
    public void setValue(V newValue) {
      check.accept(newValue);
      value = newValue;
      set = true;
      removed = false;
      loaded = false;
    }

    /** Takes back what the processor set; of an entry that was there before, removes that. */
    @Override
    public void remove() {
      removed = present || !(set || loaded);
      value = null;
      set = false;
      loaded = false;
    }

    Change<V> change() {
      if (removed) {
        return Change.remove();
      }
      if (value != null && (set || loaded)) {
        return set ? Change.put(value) : Change.store(value);
      }
      return accessed ? Change.access() : Change.none();
    }

    @Override
    public K getKey() {
      return key;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return Unwrapping.of(this, type);
    }
  }
}
