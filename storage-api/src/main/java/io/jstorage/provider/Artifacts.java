package io.jstorage.provider;

import java.util.Map;

/** Which artifact brings what, for advice in error messages; the one place that knows them. */
final class Artifacts {
  private static final Map<String, String> BY_STORAGE =
      Map.of(
          StorageProvider.STORAGE_JSON, "io.jstorage:storage-file",
          StorageProvider.STORAGE_SERIALIZED, "io.jstorage:storage-file",
          StorageProvider.STORAGE_SERIALIZED_GZIP, "io.jstorage:storage-file",
          StorageProvider.STORAGE_DISKLRU, "io.jstorage:storage-file",
          StorageProvider.STORAGE_LRU, "io.jstorage:storage-memory",
          StorageProvider.STORAGE_VOLATILE, "io.jstorage:storage-memory",
          StorageProvider.STORAGE_S3, "io.jstorage:storage-s3",
          StorageProvider.STORAGE_REDIS, "io.jstorage:storage-redis",
          StorageProvider.STORAGE_REDIS_JSON, "io.jstorage:storage-redis");

  private static final Map<String, String> BY_CODEC = Map.of("json", "io.jstorage:storage-json");

  private static final Map<String, String> BY_TRANSFORM =
      Map.of(
          "lz4", "io.jstorage:storage-compress",
          "snappy", "io.jstorage:storage-compress",
          "xz", "io.jstorage:storage-compress",
          "zstd", "io.jstorage:storage-compress");

  private Artifacts() {}

  /** The artifact of a storage, codec or transform, or the empty string. */
  static String ofName(String kind, String name) {
    Map<String, String> artifacts =
        switch (kind) {
          case "codec" -> BY_CODEC;
          case "transform" -> BY_TRANSFORM;
          default -> BY_STORAGE;
        };
    return artifacts.getOrDefault(name, "");
  }

  /**
   * The artifact that answers to a URL scheme, or the empty string; TLS adds an s to the product.
   */
  static String ofScheme(String scheme) {
    return BY_STORAGE.getOrDefault("storage." + scheme.replaceFirst("^rediss", "redis"), "");
  }
}
