package io.jstorage.provider;

/** Which artifact brings what, for advice in error messages; the one place that knows them. */
final class Artifacts {
  private static final String TABLE =
      """
      storage storage.json = storage-file
      storage storage.serialized = storage-file
      storage storage.serialized.gzip = storage-file
      storage storage.pickle = storage-file
      storage storage.pickle.gzip = storage-file
      storage storage.disklru = storage-file
      storage storage.lru = storage-memory
      storage storage.volatile = storage-memory
      storage storage.s3 = storage-s3
      storage storage.redis = storage-redis
      storage storage.redis.json = storage-redis
      codec json = storage-json
      codec pickle = storage-pickle
      transform lz4 = storage-compress
      transform snappy = storage-compress
      transform xz = storage-compress
      transform zstd = storage-compress
      """;

  private Artifacts() {}

  /** The artifact of a storage, codec or transform, or the empty string. */
  static String ofName(String kind, String name) {
    String start = kind + " " + name + " = ";
    for (String line : TABLE.lines().toList()) {
      if (line.startsWith(start)) {
        return "io.jstorage:" + line.substring(start.length());
      }
    }
    return "";
  }

  /**
   * The artifact that answers to a URL scheme, or the empty string; TLS adds an s to the product.
   */
  static String ofScheme(String scheme) {
    return ofName("storage", "storage." + scheme.replaceFirst("^rediss", "redis"));
  }
}
