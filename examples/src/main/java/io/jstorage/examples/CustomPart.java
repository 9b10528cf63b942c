package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.util.Optional;

/** A backend of one's own: found like any other, or registered under a name. */
final class CustomPart {
  private final Report report;
  private final StorageProvider provider;

  CustomPart(Report report, StorageProvider provider) {
    this.report = report;
    this.provider = provider;
  }

  void run() {
    report.step("Use a backend of your own");
    String found = new HeapStoreFactory().name();
    report.check("names().contains(\"acme.heap\")", true, provider.names().contains(found));
    use(found);
    provider.register(new HeapStoreFactory("my.heap"));
    report.say("register(new HeapStoreFactory(\"my.heap\"))");
    use("my.heap");
  }

  private void use(String name) {
    StorageOptions options = StorageOptions.of("codec", "json", "transforms", "gzip");
    try (Storage<Object> storage = provider.create(name, options)) {
      storage.put(KeyValuePart.KEY, KeyValuePart.VALUE);
      report.check(
          name + ", as JSON in gzip, get(\"some_key\")",
          Optional.of(KeyValuePart.VALUE),
          storage.get(KeyValuePart.KEY));
    }
  }
}
