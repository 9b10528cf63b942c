package io.jstorage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a disk when the power is back. Paths are relative to the recorded directory. */
record CrashState(Set<Path> directories, Map<Path, Contents> files) {
  /** A file; its time of last modification is null where nobody set it. */
  record Contents(ByteBuffer bytes, @Nullable FileTime modified) {
    @Override
    public String toString() {
      String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
      String start = text.substring(0, Math.min(text.length(), 40)).replace('\0', '0');
      return "%d bytes '%s' %s".formatted(text.length(), start, modified);
    }
  }

  CrashState {
    directories = new TreeSet<>(directories);
    files = new TreeMap<>(files);
  }

  /** A check of a directory. */
  @FunctionalInterface
  interface Visit {
    void visit(Path root) throws IOException;
  }

  /** Makes the state in a directory of its own, visits that, and deletes what is left. */
  void visit(Path parent, Visit visit) throws IOException {
    Path root = Files.createTempDirectory(parent, "s");
    materialize(root);
    visit.visit(root);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void materialize(Path root) throws IOException {
    for (Path directory : directories) {
      Files.createDirectory(root.resolve(directory));
    }
    for (Map.Entry<Path, Contents> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.write(path, file.getValue().bytes().array());
      FileTime modified = file.getValue().modified();
      if (modified != null) {
        Files.setLastModifiedTime(path, modified);
      }
    }
  }
}
