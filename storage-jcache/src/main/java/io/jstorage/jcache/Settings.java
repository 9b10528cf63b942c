package io.jstorage.jcache;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.configuration.MutableConfiguration;

/** The configuration of a cache, of which the standard lets users change a part later. */
final class Settings<K, V> {
  private final ReentrantLock lock = new ReentrantLock();
  private final MutableConfiguration<K, V> configuration;

  Settings(MutableConfiguration<K, V> configuration) {
    this.configuration = configuration;
  }

  /** A copy of what there is now. */
  MutableConfiguration<K, V> now() {
    lock.lock();
    try {
      return new MutableConfiguration<>(configuration);
    } finally {
      lock.unlock();
    }
  }

  <T> T ask(Function<MutableConfiguration<K, V>, T> question) {
    lock.lock();
    try {
      return question.apply(configuration);
    } finally {
      lock.unlock();
    }
  }

  /** Changes one after the other, with what belongs to each. */
  void change(Consumer<MutableConfiguration<K, V>> change) {
    lock.lock();
    try {
      change.accept(configuration);
    } finally {
      lock.unlock();
    }
  }
}
