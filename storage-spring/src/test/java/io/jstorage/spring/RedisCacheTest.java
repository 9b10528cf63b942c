package io.jstorage.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

/** On a real server, which is also stopped and started again. */
class RedisCacheTest extends StorageCacheContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** A cache whose calls fail soon where there is no server. */
  private static StorageCacheBuilder at(RedisServer place, String cache) {
    return at(place, cache, "500ms");
  }

  private static StorageCacheBuilder at(RedisServer place, String cache, String timeout) {
    return StorageCache.builder(
            cache,
            "redis.json://%s:%d/?timeout=%s&namespace={cache}"
                .formatted(place.host(), place.port(), timeout))
        .type(Book.class);
  }

  private static StorageCache opened(StorageCacheBuilder builder) {
    return Polling.result(StorageUnavailableException.class::isInstance, builder::build);
  }

  /** Whether a value is there after a put; neither need succeed at a pause of the machine. */
  private static boolean keeps(StorageCache cache, Book book) {
    try {
      cache.put("kept", book);
      Cache.ValueWrapper value = cache.get("kept");
      return value != null && book.equals(value.get());
    } catch (StorageUnavailableException e) {
      return false;
    }
  }

  @Override
  StorageCacheBuilder builder() {
    return at(server, "books" + NUMBER.incrementAndGet(), "30s");
  }

  @Test
  void twoCachesDoNotSeeEachOther() {
    try (StorageCache other = builder().build()) {
      cache.put("dune", new Book("Dune", 1965, null));
      other.clear();
      assertThat(other.get("dune")).isNull();
      assertThat(cache.get("dune")).isNotNull();
    }
  }

  @Test
  void aServerThatIsDownFailsCallersOrIsPassedOver() throws Exception {
    try (RedisServer own = RedisServer.start();
        StorageCache strict = opened(at(own, "strict"));
        StorageCache lenient = opened(at(own, "lenient").onFailure(OnFailure.LOAD))) {
      Book dune = new Book("Dune", 1965, null);
      Polling.until("the strict one is used", () -> keeps(strict, dune));
      Polling.until("the lenient one is used", () -> keeps(lenient, dune));
      own.kill();
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> strict.get("kept"));
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> strict.get("kept", () -> dune));
      assertThat(lenient.get("kept")).isNull();
      AtomicInteger loads = new AtomicInteger();
      assertThat(
              lenient.get(
                  "other",
                  () -> {
                    loads.incrementAndGet();
                    return dune;
                  }))
          .isEqualTo(dune);
      assertThat(loads).hasValue(1);
      lenient.put("dune", dune);
      assertThat(lenient.putIfAbsent("dune", dune)).isNull();
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> lenient.evict("dune"));
      assertThatExceptionOfType(StorageException.class).isThrownBy(lenient::clear);
      own.restart();
      Polling.until("the lenient one is used again", () -> keeps(lenient, dune));
      Polling.until("the strict one is used again", () -> keeps(strict, dune));
    }
  }

  @Test
  void oneThatIsNotThereAtTheStartIsOpenedLater() throws Exception {
    try (RedisServer own = RedisServer.start()) {
      own.kill();
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> at(own, "now").build());
      try (StorageCache later =
          at(own, "later").requiredAtStart(false).onFailure(OnFailure.LOAD).build()) {
        Book dune = new Book("Dune", 1965, null);
        assertThat(later.get("dune", () -> dune)).isEqualTo(dune);
        assertThat(later).hasToString("the cache 'later' in a storage that is not open yet");
        CountDownLatch opened = new CountDownLatch(1);
        later.whenOpen(storage -> opened.countDown());
        own.restart();
        do {
          later.put("dune", dune);
        } while (!opened.await(50, TimeUnit.MILLISECONDS));
        Polling.until("it is used", () -> keeps(later, dune));
      }
    }
  }

  @Test
  void undecodableValuesAreNotTreatedAsAnOutage() throws Exception {
    try (StorageCache lenient = builder().onFailure(OnFailure.LOAD).build()) {
      lenient.put("dune", new Book("Dune", 1965, null));
      String name = "books" + NUMBER.get() + ":dune";
      server.call("SET", name, "no JSON");
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> lenient.get("dune"));
      assertThat(server.call("GET", name)).isEqualTo("no JSON");
    }
  }
}
