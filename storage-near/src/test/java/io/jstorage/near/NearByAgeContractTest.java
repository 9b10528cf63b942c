package io.jstorage.near;

import io.jstorage.Storage;
import java.time.Duration;

/** As {@link NearOverFilesContractTest}, where nobody reports changes and values age. */
class NearByAgeContractTest extends NearOverFilesContractTest {
  @Override
  <V> NearStorage.Builder<V> near(Storage<V> far) {
    return NearStorage.builder(far)
        .watch(false)
        .staleness(Duration.ofMinutes(5))
        .negative(Duration.ofMinutes(5));
  }
}
