package io.jstorage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that this process has open, if the system reports them. */
final class OpenFiles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** The open files below a directory, deleted ones too; none where the system does not tell. */
  static List<Path> below(Path directory) throws IOException {
    List<Path> open = new ArrayList<>();
    if (Files.isDirectory(DESCRIPTORS)) {
      Path real = directory.toRealPath();
      try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
        for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
          try {
            Path file = Files.readSymbolicLink(descriptor);
            if (file.startsWith(real)) {
              open.add(file);
            }
          } catch (NoSuchFileException e) {
            // It has been closed meanwhile.
          }
        }
      }
    }
    return open;
  }
}
