package io.jstorage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.InvalidKeyException;
import io.jstorage.StorageException;
import io.jstorage.spi.Keys;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys that are written only; {@code storage-jcache} tries those that are read again. */
class CacheKeysTest {
  private final CacheKeys keys = CacheKeys.writeOnly();

  record Id(String tenant, long number) implements Serializable {}

  record NotSerializable(String name) {}

  static final class Identity implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void differentObjectsHaveDifferentPlaces() {
    Map<String, Object> places = new HashMap<>();
    List<Object> different =
        List.of(
            "1",
            1,
            1L,
            (short) 1,
            1.0,
            1.0f,
            '1',
            true,
            "true",
            new BigDecimal("1"),
            new BigDecimal("1.0"),
            new UUID(0, 1),
            "",
            "(Long)1",
            LocalDate.EPOCH,
            new Id("a", 1),
            new Id("a", 2),
            List.of("1", 1),
            List.of("11"),
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(257));
    for (Object key : different) {
      CacheKey converted = keys.name(key);
      assertThat(Keys.isValid(converted.place(), Keys.PORTABLE_BYTES)).isTrue();
      assertThat(keys.find(key)).isEqualTo(converted);
      assertThat(places.put(converted.place(), key)).as("%s", key).isNull();
    }
  }

  @Test
  void anObjectThatCannotBeAKeyIsRefusedWithTheReason() {
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> keys.name(new NotSerializable("a")))
        .withMessageContaining("not serializable");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> keys.name(new Identity()))
        .withMessageContaining("equals and hashCode");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> keys.name(new int[] {1}))
        .withMessageContaining("equals and hashCode");
  }

  @Test
  void invalidTextsOfKeysAreRefused() {
    for (String text : List.of("(Long)x", "(Foo)1", "(UUID)1", "(Object)1")) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> CacheKeys.inMemory(key -> key).key(text, null));
    }
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> keys.key("(Serialized)rO0A", null));
  }
}
