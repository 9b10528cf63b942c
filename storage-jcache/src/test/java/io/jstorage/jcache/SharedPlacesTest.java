package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.cache.CacheKeys;
import io.jstorage.redis.server.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storages outside this process, which others may read and write. */
class SharedPlacesTest {
  @TempDir Path directory;

  /** A value with parts, as JSON has it. */
  record Invoice(String customer, long cents, LocalDate due) {}

  private CacheManager files() {
    return Managers.of("json:" + directory + "/{cache}?durability=none");
  }

  @SuppressWarnings("unchecked")
  private static Storage<Stored<Object>> storage(Cache<?, ?> cache) {
    return cache.unwrap(Storage.class);
  }

  @Test
  void keysOfEveryLengthAndTypeComeBack() {
    try (CacheManager manager = files()) {
      Cache<Object, String> cache =
          manager.createCache("keys", Managers.of(Object.class, String.class));
      Map<Object, String> expected = new HashMap<>();
      for (Object key :
          List.of("", "(", "short", "x".repeat(300), "y".repeat(30_000), 1, 1L, List.of(1, "1"))) {
        cache.put(key, "value of " + key.hashCode());
        expected.put(key, "value of " + key.hashCode());
      }
      Map<Object, String> found = new HashMap<>();
      cache.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
      assertThat(found).isEqualTo(expected);
      assertThat(cache.getAll(expected.keySet())).isEqualTo(expected);
      cache.removeAll(Set.of("x".repeat(300), List.of(1, "1")));
      assertThat(cache.get("x".repeat(300))).isNull();
      assertThat(storage(cache).size()).isEqualTo(expected.size() - 2);
    }
  }

  @Test
  void twoCachesOfOnePlaceSeeTheSameEntries() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      String place =
          "redis.json://%s:%d?namespace={cache}&timeout=30s"
              .formatted(server.host(), server.port());
      MutableConfiguration<Long, Invoice> configuration =
          Managers.of(Long.class, Invoice.class)
              .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
      try (CacheManager one = Managers.of(place);
          CacheManager other = Managers.of(place)) {
        Cache<Long, Invoice> first = one.createCache("invoices", configuration);
        Cache<Long, Invoice> second = other.createCache("invoices", configuration);
        Invoice invoice = new Invoice("ACME", 9990, LocalDate.of(2026, 12, 24));
        first.putAll(Map.of(1L, invoice, 2L, invoice));
        assertThat(second.get(1L)).isEqualTo(invoice);
        assertThat(second.putIfAbsent(1L, invoice)).isFalse();
        assertThat(second.getAndRemove(2L)).isEqualTo(invoice);
        assertThat(first.containsKey(2L)).isFalse();
        second.clear();
        assertThat(first).isEmpty();
      }
    }
  }

  @Test
  void aStorageThatIsDownIsAFailureAndNeverAMiss() {
    try (CacheManager manager = Managers.of("redis.json://127.0.0.1:1?namespace={cache}")) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> Managers.strings(manager).get("k"))
          .withCauseInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  void anEntryThatIsNoneOfACacheIsAFailureOfItsKeyAlone() throws IOException {
    try (CacheManager manager = files()) {
      Cache<String, String> cache = Managers.strings(manager);
      cache.put("good", "v");
      Files.writeString(directory.resolve("strings/bad.storage.json"), "[1, 2");
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.get("bad"))
          .withMessageContaining("'bad'");
      assertThat(cache.get("good")).isEqualTo("v");
      cache.put("bad", "w");
      assertThat(cache.getAll(Set.of("good", "bad"))).isEqualTo(Map.of("good", "v", "bad", "w"));
    }
  }

  @Test
  void theEntryOfAnotherKeyIsNotTakenForThatOfAHashedOne() {
    try (CacheManager manager = files()) {
      Cache<String, String> cache = Managers.strings(manager);
      String key = "x".repeat(300);
      cache.put(key, "v");
      String place = storage(cache).keys().findFirst().orElseThrow();
      storage(cache).put(place, new Stored<>("y".repeat(300), null, "another's"));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.get(key))
          .withMessageContaining("of another key");
      assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.getAll(Set.of(key)));
    }
  }

  /** Runs code when it is read. */
  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    private static boolean sprung;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      sprung = true;
      in.defaultReadObject();
    }
  }

  @Test
  void aKeyThatSomebodyElseWroteRunsNoCode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Trap());
    }
    String text = "(Serialized)" + Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
    try (CacheManager manager = files()) {
      Cache<Object, String> cache =
          manager.createCache("keys", Managers.of(Object.class, String.class));
      storage(cache).put(CacheKeys.shortened(text).place(), new Stored<>(text, null, "v"));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.iterator().next())
          .withMessageContaining("is not allowed");
      assertThat(Trap.sprung).isFalse();
      cache.clear();
      assertThat(cache).isEmpty();
    }
  }
}
