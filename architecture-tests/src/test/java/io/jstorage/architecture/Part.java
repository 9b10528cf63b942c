package io.jstorage.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.jstorage.Storage;
import io.jstorage.cache.ObservedStorage;
import io.jstorage.compress.CompressTransforms;
import io.jstorage.file.FileStore;
import io.jstorage.jcache.StorageCachingProvider;
import io.jstorage.jdk.SerializedCodec;
import io.jstorage.json.JsonCodec;
import io.jstorage.memory.LruStorage;
import io.jstorage.micrometer.StorageMetrics;
import io.jstorage.near.NearStorage;
import io.jstorage.pickle.PickleCodec;
import io.jstorage.policy.FallbackStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.resilience.ResilientStorage;
import io.jstorage.s3.S3Store;
import io.jstorage.spring.CachedValue;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * An artifact of ours as it is on the class path: a class that is in it, the packages that it may
 * use besides {@code java..} and a few others ({@link Rules}), its own and the API's, and the other
 * parts that it may use with their packages.
 */
record Part(String artifact, Class<?> type, List<String> libraries, List<Part> joined) {
  static final Part API = new Part("storage-api", Storage.class);

  /** Java serialization and gzip. */
  static final Part JDK = new Part("storage-jdk", SerializedCodec.class);

  /** The common base of the parts that make caches of storages. */
  static final Part CACHE = new Part("storage-cache", ObservedStorage.class).joining(JDK);

  static final Part MICROMETER =
      new Part("storage-micrometer", StorageMetrics.class, "io.micrometer..").joining(CACHE);

  static final Part TESTKIT =
      new Part(
          "storage-testkit",
          StorageContract.class,
          "org.junit.jupiter..",
          "org.junit.platform.commons..",
          "org.opentest4j..",
          "com.sun.management..",
          "org.assertj..",
          "com.google.common.collect.testing..",
          "junit.framework..");

  static final List<Part> ALL =
      List.of(
          API,
          JDK,
          new Part("storage-json", JsonCodec.class, "tools.jackson.."),
          new Part("storage-pickle", PickleCodec.class),
          new Part(
              "storage-compress",
              CompressTransforms.class,
              "org.apache.commons.compress..",
              "org.apache.commons.codec.digest",
              "com.github.luben.zstd..",
              "org.tukaani.xz.."),
          new Part("storage-memory", LruStorage.class),
          new Part("storage-file", FileStore.class),
          new Part("storage-near", NearStorage.class),
          new Part(
              "storage-redis",
              RedisStore.class,
              "redis.clients.jedis..",
              "org.apache.commons.pool2.."),
          new Part("storage-s3", S3Store.class, "software.amazon.awssdk.."),
          CACHE,
          new Part(
                  "storage-jcache",
                  StorageCachingProvider.class,
                  "javax.cache..",
                  "javax.management")
              .joining(CACHE),
          MICROMETER,
          new Part("storage-spring", CachedValue.class, "org.springframework..")
              .joining(CACHE, MICROMETER),
          new Part("storage-policies", FallbackStorage.class),
          new Part("storage-resilience", ResilientStorage.class, "dev.failsafe.."),
          TESTKIT);

  private Part(String artifact, Class<?> type, String... libraries) {
    this(artifact, type, List.of(libraries), List.of());
  }

  private Part joining(Part... others) {
    return new Part(artifact, type, libraries, List.of(others));
  }

  /** The packages that it may use: of its libraries, and of joined parts with their libraries. */
  List<String> seen() {
    return Stream.concat(
            libraries.stream(),
            joined.stream()
                .flatMap(
                    other ->
                        Stream.concat(
                            Stream.of(other.type.getPackageName()), other.libraries.stream())))
        .toList();
  }

  /** The directory of the module in the sources. */
  Path directory() {
    return Path.of("..", artifact);
  }

  /** The jar, or the directory of class files. */
  private Path location() {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  ModuleReference module() {
    return ModuleFinder.of(location()).findAll().iterator().next();
  }

  List<Path> sources() {
    try (Stream<Path> files = Files.walk(directory().resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JavaClasses classes(List<Part> parts) {
    return new ClassFileImporter().importLocations(parts.stream().map(Part::imported).toList());
  }

  private Location imported() {
    try {
      return Files.isDirectory(location())
          ? Location.of(location())
          : Location.of(new JarFile(location().toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return artifact;
  }
}
