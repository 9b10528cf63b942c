package io.jstorage.cli;

import io.jstorage.cli.place.UsageException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Terminal;
import io.jstorage.cli.terminal.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures and their reasons: some for the terminal, all for a file. Thread-safe. */
final class FailureReport implements Closeable {
  private static final int SHOWN = 20;

  private final Terminal terminal;
  private final boolean json;
  private final @Nullable Writer file;
  private final List<String> shown = new ArrayList<>();
  private long count;

  FailureReport(Terminal terminal, boolean json, @Nullable Path path) throws IOException {
    this.terminal = terminal;
    this.json = json;
    if (path != null && Files.isDirectory(path)) {
      throw new UsageException("%s is a directory: name a file for the report".formatted(path));
    }
    this.file = path == null ? null : Files.newBufferedWriter(path);
  }

  synchronized void add(String key, String reason) {
    String line =
        new Json().with("event", "failed").with("key", key).with("reason", reason).toString();
    count++;
    if (json) {
      terminal.line(line);
    } else if (shown.size() < SHOWN) {
      shown.add("%s: %s".formatted(Texts.shown(key), reason));
    }
    if (file != null) {
      try {
        file.write(line + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the report", e);
      }
    }
  }

  /** Says what failed. */
  synchronized void show() {
    if (count == 0) {
      return;
    }
    terminal.note("Failed:");
    shown.forEach(line -> terminal.note("  " + line));
    if (count > shown.size()) {
      terminal.note(
          "  and %s more; --report FILE lists all"
              .formatted(Texts.count(count - shown.size(), "entry", "entries")));
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
