package io.jstorage.redis;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.provider.StorageProvider;
import java.time.Duration;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Opens storages as users do, by name and options, and catches what they catch. */
final class Opened {
  private static final StorageProvider PROVIDER = StorageProvider.load();

  /** The time-out of storages whose calls are to succeed, however long the machine pauses. */
  static final Duration PATIENT = Duration.ofSeconds(30);

  /** The time-out of storages that call servers of which some are away and others are to reply. */
  static final Duration LONGER_THAN_A_PAUSE = Duration.ofSeconds(6);

  private Opened() {}

  static StorageOptions at(int port) {
    return StorageOptions.of("host", "127.0.0.1", "port", port);
  }

  static Storage<String> at(int port, String option, Object value) {
    return patiently(at(port).with(option, value));
  }

  /**
   * Opens a storage, with a time-out that only a server that is away exceeds unless one is given.
   */
  static Storage<String> with(StorageOptions options) {
    StorageOptions all =
        options.has(RedisOptions.TIMEOUT) ? options : options.with(RedisOptions.TIMEOUT, PATIENT);
    return PROVIDER.create(StorageProvider.STORAGE_REDIS, String.class, all);
  }

  /** A client of a user's own that is as patient. */
  static RedisClient client(int port) {
    return RedisClient.builder().hostAndPort("127.0.0.1", port).clientConfig(patient()).build();
  }

  static JedisClientConfig patient() {
    return DefaultJedisClientConfig.builder().timeoutMillis((int) PATIENT.toMillis()).build();
  }

  /** Opens a storage with a time-out that a pause of the machine may exceed. */
  static Storage<String> patiently(StorageOptions options) {
    return patiently(() -> with(options));
  }

  /** The answer to a call that a pause of the machine may make exceed a short time-out. */
  static <T> T patiently(Supplier<T> call) {
    return Polling.result(Opened::isUnavailable, call);
  }

  private static boolean isUnavailable(RuntimeException failure) {
    return failure instanceof BatchException batch
        ? batch.failures().values().stream().allMatch(Opened::isUnavailable)
        : failure instanceof StorageUnavailableException;
  }

  static void patiently(Runnable call) {
    patiently(
        () -> {
          call.run();
          return true;
        });
  }

  static Storage<String> url(String url) {
    return PROVIDER.open(url, String.class);
  }

  /** The failure of a call that must fail as a storage does. */
  static StorageException failure(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(StorageException.class);
    return (StorageException) thrown;
  }

  /** Makes calls that must find the storage unavailable, all at once, as each takes a time-out. */
  static void assertUnavailable(ThrowingCallable... calls) throws InterruptedException {
    Assertions.assertThat(Together.call(calls.length, number -> failure(calls[number])))
        .hasOnlyElementsOfType(StorageUnavailableException.class);
  }

  /** The failure of a storage that cannot be reached, at whichever moment it is found out. */
  static StorageException failureToReach(StorageOptions options) {
    return failure(
        () -> {
          try (Storage<String> storage = with(options)) {
            storage.get("k");
          }
        });
  }
}
