package io.jstorage.examples;

import io.jstorage.Storage;
import java.util.Map;
import java.util.Optional;

/** The operations of every storage: put, get, contains, size, remove. */
final class KeyValuePart {
  static final String KEY = "some_key";
  static final Map<String, Object> VALUE = Map.of("text", "Hello World!");

  private final Report report;

  KeyValuePart(Report report) {
    this.report = report;
  }

  void store(Storage<Object> storage) {
    report.step("Store a value in " + storage);
    report.check("contains(\"some_key\")", false, storage.contains(KEY));
    storage.put(KEY, VALUE);
    report.say("put(\"some_key\", %s)".formatted(VALUE));
    report.check("get(\"some_key\")", Optional.of(VALUE), storage.get(KEY));
  }

  void remove(Storage<Object> storage) {
    report.step("Remove it");
    report.check("remove(\"some_key\")", true, storage.remove(KEY));
    report.check("contains(\"some_key\")", false, storage.contains(KEY));
    report.check("get(\"some_key\")", Optional.empty(), storage.get(KEY));
  }
}
