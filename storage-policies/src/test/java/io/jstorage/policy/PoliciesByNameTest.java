package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies by names, URLs and properties, and stacks of them. */
class PoliciesByNameTest {
  private final StorageProvider provider = StorageProvider.load();

  @TempDir Path directory;

  @Test
  void allAreFound() {
    assertThat(provider.names())
        .contains(
            StorageProvider.STORAGE_FALLBACK,
            StorageProvider.STORAGE_REFRESH,
            StorageProvider.STORAGE_READONLY,
            StorageProvider.STORAGE_PREFIX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fallback:?storage=lru:&stale=10m&limit=5",
        "fallback:?storage=lru:&second=lru:%3Flimit=2",
        "refresh:?storage=lru:%3Fexpiration=1h&ahead=5m",
        "prefix:?storage=lru:&prefix=users:",
        "fallback:?storage=refresh:%3Fstorage=volatile:%26ahead=5m",
      })
  void aPolicyIsOpenedByUrlWithWhatIsBehind(String url) {
    try (Storage<String> storage = provider.open(url, String.class)) {
      storage.put("k", "v");
      assertThat(storage.get("k", key -> "loaded")).isEqualTo("v");
      assertThat(storage.get("l", key -> "loaded")).isEqualTo("loaded");
      assertThat(storage.size()).isEqualTo(2);
    }
  }

  @Test
  void aPolicyIsOpenedByProperties() {
    Properties properties = new Properties();
    properties.setProperty("users.service", "storage.prefix");
    properties.setProperty("users.prefix", "users:");
    properties.setProperty("users.storage", "volatile:?expiration=1h");
    try (Storage<String> storage = provider.open(properties, "users", String.class)) {
      storage.put("k", "v");
      assertThat(storage.entry("k").orElseThrow().expiresAt()).isPresent();
    }
  }

  @Test
  void aGivenStorageIsBorrowed() {
    Storage<Object> lru = LruStorage.ofLimit(10);
    provider.create("storage.prefix", StorageOptions.of("storage", lru, "prefix", "p:")).close();
    assertThat(lru.size()).isZero();
    lru.close();
  }

  @Test
  void aPolicyThatIsRefusedClosesWhatItOpened() {
    String files = "json:" + directory.resolve("data");
    assertThatThrownBy(
            () ->
                provider.create(
                    "storage.refresh", StorageOptions.of("storage", files, "ahead", "1m")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("EXPIRY");
    assertThatThrownBy(
            () ->
                provider.create(
                    "storage.fallback",
                    StorageOptions.of("storage", files, "second", files, "limit", 5)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'stale'", "'limit'");
  }

  @ParameterizedTest
  @CsvSource({
    "storage.fallback, is missing",
    "storage.refresh, is missing",
    "storage.readonly, is missing",
    "storage.prefix, is missing",
  })
  void withoutAStorageBehindThereIsNoPolicy(String name, String message) {
    assertThatThrownBy(() -> provider.create(name))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(name, "option", message);
  }

  @ParameterizedTest
  @CsvSource({
    "storage.fallback, stail, 'stale'",
    "storage.fallback, stale, 'stale'",
    "storage.fallback, listener, FallbackListener",
    "storage.refresh, ahed, 'ahead'",
    "storage.refresh, executor, Executor",
    "storage.prefix, prefx, 'prefix'",
  })
  void anOptionThatIsNoneIsRefusedWithTheNearest(String name, String option, String message) {
    assertThatThrownBy(
            () -> provider.create(name, StorageOptions.of("storage", "lru:", option, "soon")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(name, message);
  }

  @Test
  void theSameStorageTwiceIsNoSecond() {
    try (Storage<Object> lru = LruStorage.ofLimit(10)) {
      assertThatThrownBy(
              () ->
                  provider.create(
                      "storage.fallback", StorageOptions.of("storage", lru, "second", lru)))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("are the same storage");
    }
  }

  /** The policy in front, the one behind, and whether that is allowed. */
  @ParameterizedTest(name = "{0} before {1}: {2}")
  @CsvSource({
    "fallback, refresh, true",
    "fallback, volatile, true",
    "fallback, prefix, true",
    "fallback, readonly, true",
    "fallback, fallback, false",
    "refresh, volatile, true",
    "refresh, prefix, true",
    "refresh, fallback, false",
    "refresh, refresh, false",
    "refresh, readonly, false",
    "volatile, prefix, true",
    "volatile, fallback, false",
    "volatile, refresh, false",
    "prefix, prefix, true",
    "prefix, volatile, true",
    "prefix, readonly, true",
    "prefix, fallback, false",
    "prefix, refresh, false",
    "readonly, prefix, true",
    "readonly, volatile, true",
    "readonly, fallback, false",
    "readonly, refresh, false",
  })
  void theOrderOfPolicies(String front, String behind, boolean goes) {
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> one = before(behind, lru)) {
      assertOrder(front, one, goes);
      // Also where something that knows nothing of policies stands between.
      if (!behind.equals("readonly") && !front.equals("volatile") && goes) {
        try (Storage<String> between = before("volatile", one)) {
          assertOrder(front, between, true);
        } catch (InvalidOptionException e) {
          assertThat(behind).isEqualTo("refresh");
        }
      }
    }
  }

  private void assertOrder(String front, Storage<String> behind, boolean goes) {
    if (goes) {
      before(front, behind).close();
    } else {
      assertThatThrownBy(() -> before(front, behind))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("storage." + front, "cannot stand in front of");
    }
  }

  private Storage<String> before(String policy, Storage<String> behind) {
    StorageOptions options = StorageOptions.of("storage", behind);
    options =
        switch (policy) {
          case "prefix" -> options.with("prefix", "p:");
          case "refresh" -> options.with("ahead", "1s");
          default -> options;
        };
    return provider.create("storage." + policy, TypeRef.of(String.class), options);
  }

  @Test
  void aTooLargeValueIsRefusedByTheTransform() {
    StorageOptions options =
        StorageOptions.of(
                "path", directory.toString(), "codec", "text", "transforms", "gzip,largest")
            .with("largest.bytes", 100);
    try (Storage<String> storage =
        provider.create("storage.json", TypeRef.of(String.class), options)) {
      storage.put("k", "x".repeat(10_000));
      String large = new Random(1).ints(1_000).mapToObj(Integer::toString).toList().toString();
      assertThatThrownBy(() -> storage.put("k", large))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("'k'", "largest.bytes", "100");
      assertThatThrownBy(() -> storage.putAll(Map.of("a", "short", "b", large)))
          .isInstanceOf(CodecException.class);
      assertThat(storage.get("k")).contains("x".repeat(10_000));
      assertThat(storage.contains("a")).isFalse();
      assertThat(storage.streams()).isEmpty();
    }
    assertThatThrownBy(
            () ->
                provider.create(
                    "storage.json",
                    StorageOptions.of("path", directory.toString(), "transforms", "largest")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'largest.bytes' is missing");
  }
}
