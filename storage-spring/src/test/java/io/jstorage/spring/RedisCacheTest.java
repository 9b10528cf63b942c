package io.jstorage.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.StorageException;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

  private static StorageCacheBuilder at(RedisServer place, String cache) {
    return StorageCache.builder(
            cache,
            "redis.json://%s:%d/?timeout=500ms&namespace={cache}"
                .formatted(place.host(), place.port()))
        .type(Book.class);
  }

  @Override
  StorageCacheBuilder builder() {
    return at(server, "books" + NUMBER.incrementAndGet());
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
        StorageCache strict = at(own, "strict").build();
        StorageCache lenient = at(own, "lenient").onFailure(OnFailure.LOAD).build()) {
      Book dune = new Book("Dune", 1965, null);
      strict.put("dune", dune);
      lenient.put("dune", dune);
      own.kill();
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> strict.get("dune"));
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> strict.get("dune", () -> dune));
      assertThat(lenient.get("dune")).isNull();
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
      lenient.put("back", dune);
      assertThat(Objects.requireNonNull(lenient.get("back")).get()).isEqualTo(dune);
      strict.put("back", dune);
      assertThat(strict.get("back")).isNotNull();
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
        later.put("dune", dune);
        assertThat(Objects.requireNonNull(later.get("dune")).get()).isEqualTo(dune);
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
