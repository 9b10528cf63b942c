package io.jstorage.soak;

import io.jstorage.Storage;
import io.jstorage.soak.Subject.Kind;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A subject that is closed and opened again while others use it. That of a server waits for their
 * calls: what a closed client leaves under way could arrive later.
 */
final class Opened implements AutoCloseable {
  private final Subject subject;
  private final Tally tally;
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private volatile Storage<String> storage;

  Opened(Subject subject, Tally tally) {
    this.subject = subject;
    this.tally = tally;
    this.storage = subject.open();
  }

  Subject subject() {
    return subject;
  }

  Storage<String> storage() {
    return storage;
  }

  /** Begins a call, which {@link #end} ends. */
  void begin() {
    if (subject.kind() == Kind.SERVER) {
      calls.readLock().lock();
    }
  }

  void end() {
    if (subject.kind() == Kind.SERVER) {
      calls.readLock().unlock();
    }
  }

  void reopen() {
    if (subject.kind() == Kind.MEMORY) {
      return;
    }
    boolean server = subject.kind() == Kind.SERVER;
    if (server) {
      calls.writeLock().lock();
    }
    try {
      Storage<String> next = subject.open();
      Storage<String> last = storage;
      storage = next;
      long start = System.nanoTime();
      last.close();
      tally.took("closed and opened again", System.nanoTime() - start);
    } finally {
      if (server) {
        calls.writeLock().unlock();
      }
    }
  }

  @Override
  public void close() {
    storage.close();
  }

  @Override
  public String toString() {
    return subject.name();
  }
}
