package io.jstorage.cli;

import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Terminal;
import io.jstorage.cli.terminal.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures and their reasons: some for the terminal, all for a file. Thread-safe. */
final class FailureReport implements Closeable {
  private static final int SHOWN = 20;

  private final Terminal terminal;
  private final boolean json;
  private final ReportFile file;
  private final Map<String, Alike> shown = new LinkedHashMap<>();
  private long count;

  /** Failures that differ by their keys alone: the line of the first, and how many there are. */
  private static final class Alike {
    final String line;
    long count = 1;

    Alike(String line) {
      this.line = line;
    }
  }

  FailureReport(Terminal terminal, boolean json, @Nullable Path path) throws IOException {
    this.terminal = terminal;
    this.json = json;
    this.file = new ReportFile(path);
  }

  synchronized void add(String key, String reason) {
    Json event = new Json().with("event", "failed").with("key", key).with("reason", reason);
    count++;
    if (json) {
      terminal.line(event.toString());
    } else {
      show(key, reason);
    }
    file.write(event);
  }

  private void show(String key, String reason) {
    String kind = reason.replace("'" + Texts.shown(key) + "'", "''");
    Alike alike = shown.get(kind);
    if (alike != null) {
      alike.count++;
    } else if (shown.size() < SHOWN) {
      shown.put(kind, new Alike("%s: %s".formatted(Texts.shown(key), reason)));
    }
  }

  /** Says what failed. */
  synchronized void show() {
    if (count == 0) {
      return;
    }
    terminal.note("Failed:");
    long named = 0;
    for (Alike alike : shown.values()) {
      terminal.note("  " + alike.line);
      if (alike.count > 1) {
        terminal.note("    and " + Texts.entries(alike.count - 1) + " likewise");
      }
      named += alike.count;
    }
    if (count > named) {
      terminal.note("  and %s more".formatted(Texts.entries(count - named)));
    }
    if (count > shown.size()) {
      terminal.note("  --report FILE lists each.");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
