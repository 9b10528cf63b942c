package io.jstorage.provider;

import java.util.Optional;

/** An artifact of this project that provides something by name, for advice in errors. */
final class Artifact {
  /** Kind and name, the artifact, and a class in it; the only such table. */
  private static final String TABLE =
      """
      storage storage.json = storage-file io.jstorage.file.FileStore
      storage storage.serialized = storage-file io.jstorage.file.FileStore
      storage storage.serialized.gzip = storage-file io.jstorage.file.FileStore
      storage storage.pickle = storage-file io.jstorage.file.FileStore
      storage storage.pickle.gzip = storage-file io.jstorage.file.FileStore
      storage storage.disklru = storage-file io.jstorage.file.FileStore
      storage storage.lru = storage-memory io.jstorage.memory.LruStorage
      storage storage.volatile = storage-memory io.jstorage.memory.LruStorage
      storage storage.near = storage-near io.jstorage.near.NearStorage
      storage storage.fallback = storage-policies io.jstorage.policy.FallbackStorage
      storage storage.prefix = storage-policies io.jstorage.policy.PrefixStorage
      storage storage.readonly = storage-policies io.jstorage.policy.ReadOnlyStorage
      storage storage.refresh = storage-policies io.jstorage.policy.RefreshStorage
      storage storage.resilient = storage-resilience io.jstorage.resilience.ResilientStorage
      storage storage.s3 = storage-s3 io.jstorage.s3.S3Store
      storage storage.redis = storage-redis io.jstorage.redis.RedisStore
      storage storage.redis.json = storage-redis io.jstorage.redis.RedisStore
      codec json = storage-json io.jstorage.json.JsonCodec
      codec pickle = storage-pickle io.jstorage.pickle.PickleCodec
      codec serialized = storage-jdk io.jstorage.jdk.SerializedCodec
      transform gzip = storage-jdk io.jstorage.jdk.GzipTransform
      transform largest = storage-policies io.jstorage.policy.LargestEntry
      transform lz4 = storage-compress io.jstorage.compress.CompressTransforms
      transform snappy = storage-compress io.jstorage.compress.CompressTransforms
      transform xz = storage-compress io.jstorage.compress.CompressTransforms
      transform zstd = storage-compress io.jstorage.compress.CompressTransforms
      """;

  /** Its group and name. */
  final String coordinates;

  /** A class in it, in the package above those of its factories. */
  final String className;

  private Artifact(String coordinates, String className) {
    this.coordinates = coordinates;
    this.className = className;
  }

  String packageName() {
    return className.substring(0, className.lastIndexOf('.'));
  }

  /** Returns the artifact of a storage, codec or transform. */
  static Optional<Artifact> ofName(String kind, String name) {
    String start = kind + " " + name + " = ";
    for (String line : TABLE.lines().toList()) {
      if (line.startsWith(start)) {
        int blank = line.lastIndexOf(' ');
        return Optional.of(
            new Artifact(
                "io.jstorage:" + line.substring(start.length(), blank), line.substring(blank + 1)));
      }
    }
    return Optional.empty();
  }

  /** Returns the artifact that answers to a URL scheme; TLS adds an s to the product. */
  static Optional<Artifact> ofScheme(String scheme) {
    return ofName("storage", "storage." + scheme.replaceFirst("^rediss", "redis"));
  }
}
