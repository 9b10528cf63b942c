package io.jstorage.redis.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * The program that tests run as a server: the one that the system property {@value #PROPERTY}
 * names, or else the static binary that comes as a resource of {@code org.signal:embedded-redis}.
 */
final class RedisBinary {
  static final String PROPERTY = "jstorage.redis.server";

  private RedisBinary() {}

  /** Copies the resource out once a JVM, where only this user can read and run it. */
  private static final class Copy {
    static final Path PATH = copyOut();
  }

  static Path path() {
    String given = System.getProperty(PROPERTY, "");
    return given.isEmpty() ? Copy.PATH : Path.of(given);
  }

  private static Path copyOut() {
    String resource = "/redis-server-7.0.15-" + system() + "-" + processor();
    try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "there is no %s; name a redis-server of your own by -D%s=<path>"
                .formatted(resource, PROPERTY));
      }
      Path copy =
          Files.createTempFile(
              "redis-server",
              null,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      copy.toFile().deleteOnExit();
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> "amd64";
    };
  }
}
