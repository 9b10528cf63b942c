package io.jstorage.cli.pystorage;

import io.jstorage.spi.Keys;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a pystorage. It writes the key as it is, a dot and the suffix, so that a slash
 * in a key is one in the path.
 */
final class PyDirectory {
  private final Path root;
  private final Map<PyFormat, String> suffixes;
  private final Map<String, String> nameOfKey = new HashMap<>();

  PyDirectory(Path root, Map<PyFormat, String> suffixes) {
    this.root = root;
    this.suffixes = suffixes;
  }

  /** Lists all files in it and below, in the order of their names. Follows no links. */
  List<PyFile> files() throws IOException {
    List<PyFile> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file(file, attributes));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
              throw e;
            }
            files.add(new PyFile(file, nameOf(file), null, null, "cannot be read: " + e));
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(Comparator.comparing(PyFile::name));
    return files.stream().map(this::withoutTwins).toList();
  }

  private String nameOf(Path file) {
    return root.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private PyFile file(Path file, BasicFileAttributes attributes) {
    String name = nameOf(file);
    PyFormat format = formatOf(name);
    if (format == null) {
      return new PyFile(file, name, null, null, null);
    }
    String suffix = String.valueOf(suffixes.get(format));
    String key = name.substring(0, name.length() - suffix.length());
    return new PyFile(file, name, format, key, refusal(file, key, attributes));
  }

  private @Nullable PyFormat formatOf(String name) {
    // The longest suffix that fits: one may end in another.
    return suffixes.entrySet().stream()
        .filter(each -> name.endsWith(each.getValue()))
        .max(Comparator.comparing(each -> each.getValue().length()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static @Nullable String refusal(Path file, String key, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      return attributes.isSymbolicLink() ? "is a link" : "is no regular file";
    }
    if (!isExpressible(file)) {
      return "has a name that is not UTF-8, or that the locale of this process cannot express";
    }
    if (key.isEmpty() || key.endsWith("/")) {
      return "has an empty key, which no storage takes here";
    }
    return Keys.isValid(key, Keys.MAX_BYTES)
        ? null
        : "has a key of more than %d bytes, or one that is no Unicode text"
            .formatted(Keys.MAX_BYTES);
  }

  /** A path found by listing a directory may have bytes that a string does not keep. */
  private static boolean isExpressible(Path path) {
    try {
      return path.toString().indexOf('\ufffd') < 0 && path.toFile().toPath().equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Two services may have one directory, and a value each under one key. */
  private PyFile withoutTwins(PyFile file) {
    if (file.key() == null || file.refusal() != null) {
      return file;
    }
    String other = nameOfKey.putIfAbsent(file.key(), file.name());
    return other == null
        ? file
        : new PyFile(
            file.path(),
            file.name(),
            file.format(),
            file.key(),
            "has the same key as %s: choose by --format, and import the other to another storage"
                .formatted(other));
  }
}
