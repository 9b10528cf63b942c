package io.jstorage.redis;

import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;

/** Opens a storage with a Jedis that is too old, and prints the failure. */
final class OutdatedProgram {
  private OutdatedProgram() {}

  @SuppressWarnings("SystemOut") // That is how it reports.
  public static void main(String[] arguments) {
    try {
      if (arguments[0].equals("name")) {
        StorageProvider.load()
            .create(StorageProvider.STORAGE_REDIS, String.class, StorageOptions.none())
            .close();
      } else {
        RedisStore.at("localhost", 1).open().close();
      }
      System.out.println("opened");
    } catch (RuntimeException | LinkageError e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
