package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.time.Duration;
import java.util.Optional;

/** Values that leave by themselves, over a storage that keeps them for ever. */
final class ExpiryPart {
  private final Report report;
  private final StorageProvider provider;
  private final Duration expiration;
  private final Countdown countdown;

  ExpiryPart(Report report, StorageProvider provider, Duration expiration, Countdown countdown) {
    this.report = report;
    this.provider = provider;
    this.expiration = expiration;
    this.countdown = countdown;
  }

  void run(Storage<Object> files) throws InterruptedException {
    report.step("Put a volatile storage in front of the files");
    StorageOptions options = StorageOptions.of("storage", files, "expiration", expiration);
    try (Storage<Object> storage = provider.create(StorageProvider.STORAGE_VOLATILE, options)) {
      storage.put(KeyValuePart.KEY, KeyValuePart.VALUE);
      report.say("put(\"some_key\", %s)".formatted(KeyValuePart.VALUE));
      report.check("contains(\"some_key\")", true, storage.contains(KeyValuePart.KEY));
      report.check("in the files, contains(\"some_key\")", true, files.contains(KeyValuePart.KEY));
      report.say("wait for its expiration after %d s".formatted(expiration.toSeconds()));
      countdown.await(expiration);
      report.check("get(\"some_key\")", Optional.empty(), storage.get(KeyValuePart.KEY));
      report.check("in the files, contains(\"some_key\")", false, files.contains(KeyValuePart.KEY));
    }
  }
}
