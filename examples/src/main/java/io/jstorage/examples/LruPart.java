package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;

/** A storage of limited size, which drops what was not used for the longest time. */
final class LruPart {
  private final Report report;
  private final StorageProvider provider;

  LruPart(Report report, StorageProvider provider) {
    this.report = report;
    this.provider = provider;
  }

  void run() {
    report.step("Keep the two most recently used values in memory");
    StorageOptions options = StorageOptions.of("limit", 2);
    try (Storage<Object> storage = provider.create(StorageProvider.STORAGE_LRU, options)) {
      storage.put("first", 1);
      storage.put("second", 2);
      report.check("after two puts, require(\"first\")", 1, storage.require("first"));
      storage.put("third", 3);
      report.check("after a third put, contains(\"second\")", false, storage.contains("second"));
      report.check("contains(\"first\")", true, storage.contains("first"));
      report.check("contains(\"third\")", true, storage.contains("third"));
      report.check("size()", 2L, storage.size());
    }
  }
}
