package io.jstorage.file;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.LruContract;
import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLruContractTest extends LruContract {
  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private int opened;

  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    opened++;
    return reopen(limit, clock);
  }

  private Storage<String> reopen(int limit, SettableClock clock) {
    return DiskLruStore.at(root.resolve("store" + opened))
        .limit(limit)
        .clock(clock)
        .storage(Codecs.text());
  }

  @Override
  protected int operations() {
    return 4000;
  }

  @Test
  void everyHistoryIsThatOfTheModelAlsoAfterReopening() {
    ModelSuite.of(clock -> open(3, clock))
        .reopening(clock -> Optional.of(reopen(3, clock)))
        .limit(3)
        .histories(100)
        .check();
  }
}
