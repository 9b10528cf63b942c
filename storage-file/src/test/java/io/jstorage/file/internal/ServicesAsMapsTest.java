package io.jstorage.file.internal;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.testkit.MapSuite;
import io.jstorage.testkit.MemoryDirectory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of maps, on the two stores of files as users open them: by the names of services.
 * The stores themselves are held to the contract of storages.
 */
class ServicesAsMapsTest {
  private final StorageProvider provider = StorageProvider.load();
  private final AtomicInteger opened = new AtomicInteger();

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private Stream<DynamicNode> viewOf(String service, StorageOptions options) {
    return MapSuite.of(() -> create(service, options)).tests();
  }

  private Storage<String> create(String service, StorageOptions options) {
    Path directory = root.resolve("store" + opened.incrementAndGet());
    return provider.create(
        service, String.class, options.with("path", directory).with("durability", "none"));
  }

  @TestFactory
  Stream<DynamicNode> theViewOfJsonFilesIsAConcurrentMap() {
    return viewOf("storage.json", StorageOptions.none());
  }

  @TestFactory
  Stream<DynamicNode> theViewOfALimitedStorageIsAConcurrentMap() {
    return viewOf("storage.disklru", StorageOptions.of("limit", 5000));
  }
}
