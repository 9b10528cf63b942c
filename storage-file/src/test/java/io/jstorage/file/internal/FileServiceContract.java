package io.jstorage.file.internal;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.testkit.MapSuite;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and that of maps, of a service of files as users open it: by its name. */
abstract class FileServiceContract extends StorageContract {
  private final StorageProvider provider = StorageProvider.load();
  private final String name;
  private final StorageOptions more;
  private int opened;
  @TempDir Path root;

  FileServiceContract(String name, StorageOptions more) {
    this.name = name;
    this.more = more;
  }

  private Storage<String> create(String service, StorageOptions options) {
    return provider.create(
        service,
        String.class,
        options.with("path", root.resolve("store" + opened)).with("durability", "none"));
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    opened++;
    return create(name, more.with(StandardOptions.CLOCK, clock));
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(create(name, more.with(StandardOptions.CLOCK, clock)));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    String neighbour = name.equals("storage.json") ? "storage.serialized" : "storage.json";
    return Optional.of(create(neighbour, StorageOptions.of(StandardOptions.CLOCK, clock)));
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public int many() {
    return 300;
  }

  /** Thousands are tried without a service or a policy in front. */
  @Override
  public int fuzzedKeys() {
    return 300;
  }

  @TestFactory
  Stream<DynamicNode> itsViewIsAConcurrentMap() {
    return MapSuite.of(
            () -> {
              opened++;
              return create(name, more);
            })
        .tests();
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(40).check();
  }
}
