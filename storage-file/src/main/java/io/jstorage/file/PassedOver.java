package io.jstorage.file;

import io.jstorage.spi.Keys;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of each file in a directory why it is no entry. */
final class PassedOver {
  private static final String OWN = ".jstorage";

  private final OpenDirectory directory;

  private PassedOver(OpenDirectory directory) {
    this.directory = directory;
  }

  static Stream<ForeignFile> in(OpenDirectory directory) throws IOException {
    PassedOver each = new PassedOver(directory);
    return directory
        .list()
        .mapMulti(
            (name, sink) -> {
              String reason = each.reason(name);
              if (reason != null) {
                sink.accept(new ForeignFile(name, reason));
              }
            });
  }

  /** Returns null for an entry and for what belongs to the store. */
  private @Nullable String reason(String name) {
    FileNames names = directory.names;
    if (directory.keyOf(name) != null) {
      return null;
    }
    if (name.startsWith(OWN)) {
      return name.endsWith(".tmp")
          ? "is being written, or was left behind by a process that died"
          : null;
    }
    String hashed = names.hashedNameOfKeyFile(name);
    if (hashed != null) {
      return directory.keyOf(hashed) == null ? "holds the key of no entry" : null;
    }
    if (!name.endsWith(names.suffix())) {
      return "does not end in " + names.suffix();
    }
    if (names.isHashed(name)) {
      return "has a key that is not known: there is no right file %s"
          .formatted(FileNames.keyFileOf(name));
    }
    String stem = name.substring(0, name.length() - names.suffix().length());
    return Keys.isValid(stem, Keys.MAX_BYTES)
        ? "is no name of a key here: the key %s has the file %s"
            .formatted(Keys.display(stem), names.nameOf(stem))
        : "is no name of a key here";
  }
}
