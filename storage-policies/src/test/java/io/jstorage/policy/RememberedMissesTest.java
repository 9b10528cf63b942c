package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedMissesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  private final AtomicInteger loads = new AtomicInteger();

  @TempDir Path directory;

  private Storage<Optional<String>> lru() {
    return LruStorage.builder(100).clock(clock).build();
  }

  private Optional<String> find(String key) {
    loads.incrementAndGet();
    return key.startsWith("no") ? Optional.empty() : Optional.of("value of " + key);
  }

  @Test
  void nothingIsRememberedForItsTimeAndAValueForever() {
    try (Storage<Optional<String>> storage = lru()) {
      RememberedMisses<String> misses = RememberedMisses.over(storage, MINUTE);
      assertThat(misses.get("nobody", this::find)).isEmpty();
      assertThat(misses.get("nobody", this::find)).isEmpty();
      assertThat(misses.get("k", this::find)).contains("value of k");
      assertThat(loads).hasValue(2);
      clock.advance(MINUTE.minusNanos(1));
      assertThat(misses.known("nobody")).contains(Optional.empty());
      clock.advance(Duration.ofNanos(1));
      assertThat(misses.known("nobody")).isEmpty();
      assertThat(misses.known("k")).contains(Optional.of("value of k"));
      assertThat(misses.get("nobody", this::find)).isEmpty();
      assertThat(loads).hasValue(3);
    }
  }

  @Test
  void aValueThatComesToBeTakesThePlaceOfNothing() {
    try (Storage<Optional<String>> storage = lru()) {
      RememberedMisses<String> misses = RememberedMisses.over(storage, MINUTE);
      misses.putNothing("k");
      misses.put("k", "v");
      clock.advance(MINUTE);
      assertThat(misses.known("k")).contains(Optional.of("v"));
      misses.putNothing("k");
      assertThat(misses.known("k")).contains(Optional.empty());
      assertThat(misses.forget("k")).isTrue();
      assertThat(misses.forget("k")).isFalse();
      assertThat(misses.known("k")).isEmpty();
    }
  }

  @Test
  void everyWayOfWritingNothingGivesItItsTime() {
    try (Storage<Optional<String>> storage = lru()) {
      Storage<Optional<String>> all = RememberedMisses.over(storage, MINUTE).storage();
      Map<String, Optional<String>> both = new LinkedHashMap<>();
      both.put("a", Optional.empty());
      both.put("b", Optional.of("v"));
      all.putAll(both);
      all.putIfAbsent("c", Optional.empty());
      all.asMap().put("d", Optional.empty());
      all.put("longer", Optional.empty(), MINUTE.multipliedBy(2));
      assertThat(all.size()).isEqualTo(5);
      clock.advance(MINUTE);
      all.purgeExpired();
      assertThat(all.asMap()).isEqualTo(Map.of("b", Optional.of("v"), "longer", Optional.empty()));
    }
  }

  @Test
  void anExpirationInFrontIsRefusedAsItWouldKeepNothingAsLong() {
    try (Storage<Optional<String>> storage = lru()) {
      Storage<Optional<String>> misses = RememberedMisses.over(storage, MINUTE).storage();
      assertThatThrownBy(() -> VolatileStorage.over(misses, Duration.ofHours(1)))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("storage.volatile", "remembered misses");
    }
  }

  @Test
  void aFailureIsNotRememberedAndNoNullIsTakenForNothing() {
    try (Storage<Optional<String>> storage = lru()) {
      RememberedMisses<String> misses = RememberedMisses.over(storage, MINUTE);
      assertThatThrownBy(
              () ->
                  misses.get(
                      "k",
                      key -> {
                        throw new IOException("database gone");
                      }))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> misses.get("k", RememberedMissesTest::wrong))
          .isInstanceOf(NullPointerException.class);
      assertThat(misses.known("k")).isEmpty();
    }
  }

  @SuppressWarnings({"OptionalAssignedToNull", "unused"})
  private static Optional<String> wrong(String key) {
    return null;
  }

  @Test
  void inBytesOtherOpenersKnowItTooAndValuesStandAsTheyAre() throws IOException {
    FileStore.Builder files =
        FileStore.at(directory).suffix(".txt").clock(clock).expiration(Duration.ofHours(1));
    try (Storage<Optional<String>> one = files.storage(RememberedMisses.codec(Codecs.text()));
        Storage<Optional<String>> other = files.storage(RememberedMisses.codec(Codecs.text()))) {
      RememberedMisses<String> misses = RememberedMisses.over(one, MINUTE);
      RememberedMisses<String> elsewhere = RememberedMisses.over(other, MINUTE);
      misses.get("nobody", this::find);
      misses.get("k", this::find);
      misses.put("zero", "\0");
      assertThat(elsewhere.known("nobody")).contains(Optional.empty());
      assertThat(elsewhere.known("zero")).contains(Optional.of("\0"));
      assertThat(directory.resolve("k.txt")).hasContent("value of k");
      assertThat(Files.readAllBytes(directory.resolve("nobody.txt"))).containsExactly(0);
      clock.advance(MINUTE);
      assertThat(elsewhere.known("nobody")).isEmpty();
      assertThat(elsewhere.known("k")).isPresent();
    }
  }

  @Test
  void inRedisOtherClientsKnowItToo() throws IOException {
    StorageProvider provider = StorageProvider.load();
    try (RedisServer server = RedisServer.start()) {
      Codec<Optional<String>> codec = RememberedMisses.codec(Codecs.text());
      String url = "redis://%s:%d?timeout=30s&namespace=m".formatted(server.host(), server.port());
      try (Storage<Optional<String>> one = provider.open(url, codec, StorageOptions.none());
          Storage<Optional<String>> other = provider.open(url, codec, StorageOptions.none())) {
        RememberedMisses.over(one, MINUTE).get("nobody", this::find);
        assertThat(RememberedMisses.over(other, MINUTE).known("nobody")).contains(Optional.empty());
        assertThat((Long) server.call("PTTL", "m:nobody")).isBetween(1L, MINUTE.toMillis());
      }
    }
  }

  @Test
  void policiesStandInFrontOfIt() {
    try (Storage<Optional<String>> storage = lru()) {
      RememberedMisses<String> inner = RememberedMisses.over(storage, MINUTE);
      RememberedMisses<String> misses =
          RememberedMisses.in(FallbackStorage.builder(inner.storage()).build());
      assertThat(misses.get("nobody", this::find)).isEmpty();
      clock.advance(MINUTE);
      assertThat(misses.known("nobody")).isEmpty();
      assertThatThrownBy(() -> RememberedMisses.in(storage))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("RememberedMisses.over");
    }
  }

  @Test
  void storagesWithoutExpiryAndZeroTimesAreRefused() {
    try (Storage<Optional<String>> files =
            FileStore.at(directory).storage(RememberedMisses.codec(Codecs.text()));
        Storage<Optional<String>> lru = lru()) {
      assertThatThrownBy(() -> RememberedMisses.over(files, MINUTE))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("EXPIRY", "'expiration'");
      assertThatThrownBy(() -> RememberedMisses.over(lru, Duration.ZERO))
          .isInstanceOf(InvalidOptionException.class);
    }
  }
}
