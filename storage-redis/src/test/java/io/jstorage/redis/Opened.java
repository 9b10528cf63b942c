package io.jstorage.redis;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Opens storages as users do, by name and options, and catches what they catch. */
final class Opened {
  private static final StorageProvider PROVIDER = StorageProvider.load();

  private Opened() {}

  static StorageOptions at(int port) {
    return StorageOptions.of("host", "127.0.0.1", "port", port);
  }

  static Storage<String> at(int port, String option, Object value) {
    return with(at(port).with(option, value));
  }

  static Storage<String> with(StorageOptions options) {
    return PROVIDER.create(StorageProvider.STORAGE_REDIS, String.class, options);
  }

  static Storage<String> url(String url) {
    return PROVIDER.open(url, String.class);
  }

  /** The failure of a call that must fail as a storage does. */
  static StorageException failure(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(StorageException.class);
    return (StorageException) thrown;
  }

  /** The failure of a storage that cannot be reached, at whichever moment it is found out. */
  static StorageException failureToReach(StorageOptions options) {
    return failure(
        () -> {
          try (Storage<String> storage = with(options)) {
            storage.get("k");
          }
        });
  }
}
