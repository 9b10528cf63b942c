package io.jstorage.cli;

import io.jstorage.cli.place.UsageException;
import io.jstorage.cli.terminal.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with a line of JSON for each event, or none. A line is written when it is known. */
final class ReportFile implements Closeable {
  private final @Nullable Path path;
  private final @Nullable Writer writer;

  /**
   * Makes the file anew.
   *
   * @param path the file; null if none is wanted
   */
  ReportFile(@Nullable Path path) throws IOException {
    this.path = path;
    if (path != null && Files.isDirectory(path)) {
      throw new UsageException("%s is a directory: name a file for the report".formatted(path));
    }
    try {
      this.writer = path == null ? null : Files.newBufferedWriter(path);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /**
   * Writes a line.
   *
   * @throws UncheckedIOException if the file takes no more
   */
  void write(Json event) {
    if (writer != null) {
      try {
        writer.write(event + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(failed(path, e));
      }
    }
  }

  private static IOException failed(@Nullable Path path, IOException e) {
    return new IOException("cannot write %s: %s".formatted(path, e.getMessage()), e);
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw failed(path, e);
      }
    }
  }
}
