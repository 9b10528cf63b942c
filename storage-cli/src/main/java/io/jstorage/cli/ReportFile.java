package io.jstorage.cli;

import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Json;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with a line of JSON for each event, or none. A line is written when it is known. */
final class ReportFile implements Closeable {
  private final @Nullable Path path;
  private final @Nullable OutputStream out;

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
      // Not a writer: one whose last bytes find no room leaves its file open.
      this.out = path == null ? null : new BufferedOutputStream(Files.newOutputStream(path));
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
    if (out != null) {
      try {
        out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
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
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw failed(path, e);
      }
    }
  }
}
