package io.jstorage.benchmarks.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value such as people store: 130 bytes of JSON. */
final class Document {
  private Document() {}

  static Map<String, Object> make() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", "Grace Hopper");
    document.put("email", "grace.hopper@example.com");
    document.put("age", 85);
    document.put("score", 99.5);
    document.put("active", true);
    document.put("tags", new ArrayList<>(List.of("compiler", "navy", "cobol")));
    return document;
  }
}
