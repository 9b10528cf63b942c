package io.jstorage.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one namespace, page by page as they are requested. SCAN repeats a key if its table
 * shrinks concurrently, or if the key moves to another node: a key that was among the last ones is
 * left out.
 */
final class KeyListing extends Spliterators.AbstractSpliterator<String> {
  /** So many keys are remembered at least; twice as many at most. */
  private static final int REMEMBERED = 10_000;

  private final MasterScan scan;
  private final RedisKeys keys;
  private final String prefix;
  private final Deque<String> page = new ArrayDeque<>();
  private Set<String> latest = new HashSet<>();
  private Set<String> before = new HashSet<>();

  private KeyListing(MasterScan scan, RedisKeys keys, String prefix) {
    super(Long.MAX_VALUE, DISTINCT | NONNULL);
    this.scan = scan;
    this.keys = keys;
    this.prefix = prefix;
  }

  static Stream<String> of(MasterScan scan, RedisKeys keys, String prefix) {
    Spliterator<String> listing = new KeyListing(scan, keys, prefix);
    return StreamSupport.stream(listing, false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super String> action) {
    while (page.isEmpty()) {
      List<byte[]> names = nextNames();
      if (names == null) {
        return false;
      }
      for (byte[] name : names) {
        String key = keys.keyOf(name);
        if (key != null && key.startsWith(prefix) && isNew(key)) {
          page.add(key);
        }
      }
    }
    action.accept(page.remove());
    return true;
  }

  private @Nullable List<byte[]> nextNames() {
    try {
      return scan.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isNew(String key) {
    if (before.contains(key) || !latest.add(key)) {
      return false;
    }
    if (latest.size() == REMEMBERED) {
      before = latest;
      latest = new HashSet<>();
    }
    return true;
  }
}
