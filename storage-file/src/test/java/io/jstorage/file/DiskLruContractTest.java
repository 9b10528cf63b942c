package io.jstorage.file;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.LruContract;
import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskLruContractTest extends LruContract {
  @TempDir Path root;
  private int opened;

  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    opened++;
    return DiskLruStore.at(root.resolve("store" + opened)).limit(limit).storage(Codecs.text());
  }

  @Override
  protected int operations() {
    return 4000;
  }
}
