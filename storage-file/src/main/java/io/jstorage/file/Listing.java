package io.jstorage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The names in a directory, read as they are asked for. */
final class Listing {
  private Listing() {}

  /** Opens a listing, which the caller closes; its operations throw unchecked exceptions. */
  static Stream<String> lazily(Disk disk, Path directory) throws IOException {
    DirectoryStream<Path> listing = disk.list(directory);
    Iterator<Path> paths = listing.iterator();
    Iterator<String> names =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            try {
              return paths.hasNext();
            } catch (DirectoryIteratorException e) {
              throw new UncheckedIOException(e.getCause());
            }
          }

          @Override
          public String next() {
            return String.valueOf(paths.next().getFileName());
          }
        };
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(names, Spliterator.NONNULL), false)
        .onClose(() -> close(listing));
  }

  private static void close(DirectoryStream<Path> listing) {
    try {
      listing.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
