package io.jstorage.cli.copy;

import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The keys of a storage in batches, for several threads; they are listed as they are asked for. */
public final class KeyBatches implements AutoCloseable {
  private final Stream<String> stream;
  private final Iterator<String> keys;
  private final ReentrantLock lock = new ReentrantLock();

  private KeyBatches(Stream<String> stream) {
    this.stream = stream;
    this.keys = stream.iterator();
  }

  public static KeyBatches of(Storage<?> storage, String prefix) {
    return new KeyBatches(storage.keys(prefix));
  }

  public static KeyBatches of(List<String> keys) {
    return new KeyBatches(keys.stream());
  }

  /** Returns the next keys, at most so many; none at the end. */
  public List<String> next(int most) {
    List<String> batch = new ArrayList<>(most);
    lock.lock();
    try {
      while (batch.size() < most && keys.hasNext()) {
        batch.add(keys.next());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
