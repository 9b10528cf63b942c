package io.jstorage.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Output that another thread looks at while it is written. */
final class Announcing extends ByteArrayOutputStream {
  synchronized boolean contains(String part) {
    return text().contains(part);
  }

  synchronized String text() {
    return toString(StandardCharsets.UTF_8);
  }
}
