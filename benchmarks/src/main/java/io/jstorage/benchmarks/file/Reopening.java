package io.jstorage.benchmarks.file;

import io.jstorage.benchmarks.Probe;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.file.Durability;
import java.nio.file.Path;

/** How many milliseconds it takes to open a disk LRU of some entries. */
public final class Reopening implements Probe {
  @Override
  public double measure(String entries) throws Exception {
    int limit = Integer.parseInt(entries);
    Path directory = Scratch.make();
    try {
      byte[] value = new byte[DiskEngine.VALUE_BYTES];
      try (DiskMap map = DiskEngine.JSTORAGE_LRU.open(directory, Durability.NONE, limit)) {
        for (int i = 0; i < limit; i++) {
          map.put("key" + i, value);
        }
      }
      long start = System.nanoTime();
      try (DiskMap map = DiskEngine.JSTORAGE_LRU.open(directory, Durability.NONE, limit)) {
        long found = map.size();
        double millis = (System.nanoTime() - start) / 1e6;
        if (found != limit) {
          throw new IllegalStateException("%d of %d entries are there".formatted(found, limit));
        }
        return millis;
      }
    } finally {
      Scratch.delete(directory);
    }
  }
}
