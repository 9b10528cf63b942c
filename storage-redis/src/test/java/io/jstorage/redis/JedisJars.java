package io.jstorage.redis;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Versions of Jedis other than the one on the class path; the build copies them. */
final class JedisJars {
  private static final Path DIRECTORY = Path.of("target", "jedis");

  private JedisJars() {}

  /** The versions that work, from the oldest on. */
  static List<String> supported() {
    return versions().filter(version -> !version.startsWith("5.")).toList();
  }

  /** A version that is too old. */
  static String outdated() {
    return versions().filter(version -> version.startsWith("5.")).findFirst().orElseThrow();
  }

  private static Stream<String> versions() {
    try (Stream<Path> jars = Files.list(DIRECTORY)) {
      return jars
          .map(jar -> jar.getFileName().toString())
          .map(name -> name.replaceAll("jedis-|\\.jar", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException(
          "there are no other versions of Jedis: run the build once, or Maven's phase process-test-resources",
          e);
    }
  }

  /** The class path of the tests with another version in the place of ours. */
  static String classPathWith(String version) {
    String jar = DIRECTORY.resolve("jedis-" + version + ".jar").toAbsolutePath().toString();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> isJedis(entry) ? jar : entry)
        .collect(joining(File.pathSeparator));
  }

  private static boolean isJedis(String entry) {
    return Path.of(entry).getFileName().toString().matches("jedis-\\d.*\\.jar");
  }
}
