package io.jstorage.cli;

import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Terminal;
import io.jstorage.cli.terminal.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures and their reasons: some for the terminal, all for a file. Thread-safe. */
final class FailureReport implements Closeable {
  private static final int SHOWN = 20;

  private final Terminal terminal;
  private final boolean json;
  private final ReportFile file;
  private final List<String> shown = new ArrayList<>();
  private long count;

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
    } else if (shown.size() < SHOWN) {
      shown.add("%s: %s".formatted(Texts.shown(key), reason));
    }
    file.write(event);
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
    file.close();
  }
}
