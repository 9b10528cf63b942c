package io.jstorage.testkit;

import io.jstorage.Storage;
import java.util.Optional;

/** The storages of a test beside its own one, if they are possible. */
final class AdditionalStorages {
  private AdditionalStorages() {}

  /** One more object over the same entries. */
  static Storage<String> secondObject(StorageFixture fixture) {
    return Assume.given(secondObjectIfAny(fixture), "second object");
  }

  static Optional<Storage<String>> secondObjectIfAny(StorageFixture fixture) {
    return FixtureMethods.call(() -> fixture.openAgain(fixture.clock()))
        .map(fixture::closeAfterwards)
        .map(storage -> TracingProxy.storage("second object: ", storage));
  }

  /** Opens again what has been closed just now. */
  static Storage<String> reopened(StorageFixture fixture) {
    Optional<Storage<String>> reopened =
        FixtureMethods.call(() -> fixture.reopen(fixture.clock())).map(fixture::closeAfterwards);
    return TracingProxy.storage(Assume.given(reopened, "way to open the place again"));
  }

  static Storage<String> neighbour(StorageFixture fixture) {
    Optional<Storage<String>> neighbour =
        FixtureMethods.call(() -> fixture.openNeighbour(fixture.clock()))
            .map(fixture::closeAfterwards);
    return TracingProxy.storage(
        "neighbour: ", Assume.given(neighbour, "neighbour in the same place"));
  }

  static Storage<byte[]> ofBytes(StorageFixture fixture) {
    Optional<Storage<byte[]>> storage =
        FixtureMethods.call(() -> fixture.openBytes(fixture.clock())).map(fixture::closeAfterwards);
    return TracingProxy.storage(Assume.given(storage, "storage of byte arrays"));
  }
}
