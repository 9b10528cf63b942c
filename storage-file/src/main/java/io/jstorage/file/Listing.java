package io.jstorage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The names in a directory, each once and none left out that was there throughout. Where the file
 * system promises that itself they are read as they are asked for; elsewhere all at once, while the
 * lock keeps files from being replaced.
 */
final class Listing {
  private Listing() {}

  static Stream<String> open(Disk disk, Path directory, DirectoryLock lock, boolean inPlace)
      throws IOException {
    if (inPlace) {
      return lazily(disk, directory);
    }
    List<String> names = new ArrayList<>();
    lock.whileHeld(
        () -> {
          try (Stream<String> lazily = lazily(disk, directory)) {
            lazily.forEach(names::add);
            return true;
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
    return names.stream();
  }

  /** Opens a listing that needs no more than what the file system promises. */
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
