package io.jstorage.soak;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.provider.StorageProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A storage under test, opened as users do.
 *
 * @param name how the report calls it
 * @param kind what may happen to it
 * @param lossy whether it drops entries by itself
 * @param opener opens it, in a namespace of that name
 */
record Subject(String name, Kind kind, boolean lossy, Opener opener) {
  private static final StorageProvider PROVIDER = StorageProvider.load();
  private static final Duration HOUR = Duration.ofHours(1);

  /** Nothing is to take so long, or a write that was given up could still arrive. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  enum Kind {
    /** Lost when it is closed. */
    MEMORY,
    /** In files that one process uses. */
    FILES,
    /** In files that all processes use. */
    SHARED_FILES,
    /** On a server, where a request that was given up may still be carried out. */
    SERVER
  }

  /** Opens a storage. */
  @FunctionalInterface
  interface Opener {
    Storage<String> open(String namespace);
  }

  /** The namespace of the workers. */
  Storage<String> open() {
    return opener.open("main");
  }

  private static Storage<String> create(String service, Object... options) {
    StorageOptions all = StorageOptions.none();
    for (int i = 0; i < options.length; i += 2) {
      all = all.with((String) options[i], options[i + 1]);
    }
    return PROVIDER.create(service, String.class, all);
  }

  static List<Subject> inMemory() {
    return List.of(
        new Subject("lru", Kind.MEMORY, true, name -> create("storage.lru", "limit", 24)),
        new Subject(
            "volatile",
            Kind.MEMORY,
            false,
            name -> create("storage.volatile", "expiration", HOUR)));
  }

  /** The storages that several processes share, always in the same order. */
  static List<Subject> inFiles(Path root) {
    return List.of(
        files("json", "storage.json", root, "durability", "full"),
        files("serialized", "storage.serialized", root, "durability", "file"),
        files("gzip", "storage.serialized.gzip", root, "durability", "none"),
        files("expiring", "storage.json", root, "durability", "none", "expiration", HOUR),
        new Subject(
            "disklru",
            Kind.SHARED_FILES,
            true,
            name ->
                create(
                    "storage.disklru",
                    "path",
                    root.resolve("disklru-" + name),
                    "limit",
                    name.equals("main") ? 60 : 1000)));
  }

  private static Subject files(String name, String service, Path root, Object... options) {
    return new Subject(
        name,
        Kind.SHARED_FILES,
        false,
        namespace ->
            create(
                service,
                Stream.concat(
                        // One directory and so one lock for all namespaces.
                        Stream.of("path", root.resolve(name), "suffix", "." + namespace),
                        Stream.of(options))
                    .toArray()));
  }

  static Subject volatileOverFiles(Path root) {
    return new Subject(
        "volatile over files",
        Kind.FILES,
        false,
        namespace ->
            VolatileStorage.builder(
                    create(
                        "storage.json",
                        "path",
                        root.resolve("volatile"),
                        "suffix",
                        "." + namespace,
                        "durability",
                        "none"))
                .expiration(HOUR)
                .owned()
                .build());
  }

  static List<Subject> inRedis(String host, int port) {
    return Stream.of("storage.redis", "storage.redis.json")
        .map(
            service ->
                new Subject(
                    service.substring("storage.".length()),
                    Kind.SERVER,
                    false,
                    namespace ->
                        create(
                            service,
                            "host",
                            host,
                            "port",
                            port,
                            "namespace",
                            service + namespace,
                            "timeout",
                            PATIENCE)))
        .toList();
  }

  static Subject inS3(URI endpoint, String bucket, String accessKey, String secretKey) {
    return new Subject(
        "s3",
        Kind.SERVER,
        false,
        namespace ->
            create(
                "storage.s3",
                "bucket",
                bucket,
                "folder",
                namespace,
                "endpoint",
                endpoint.toString(),
                "region",
                "us-east-1",
                "accessKey",
                accessKey,
                "secretKey",
                secretKey,
                "conditional",
                "assert",
                "codec",
                "text",
                "timeout",
                PATIENCE));
  }

  @Override
  public String toString() {
    return name;
  }
}
