package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.cache.CacheKey;
import io.jstorage.cache.CacheKeys;
import io.jstorage.spi.Keys;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyTextsTest {
  private final KeyTexts<Object> texts =
      new KeyTexts<>(
          Object.class, CacheKeys.readable(Object.class, List.of("io.jstorage.jcache.*")));

  record Order(String customer, long number, @Nullable Color color) implements Serializable {}

  enum Color {
    RED,
    GREEN
  }

  private Object backFrom(CacheKey name) {
    return texts.key(new Stored<>(name.text(), null, "value"));
  }

  @Test
  void commonKeysAreReadable() {
    assertThat(texts.name("user/42").place()).isEqualTo("user/42");
    assertThat(texts.name("").place()).isEqualTo("(String)");
    assertThat(texts.name("(Long)1").place()).isEqualTo("(String)(Long)1");
    assertThat(texts.name(42L).place()).isEqualTo("(Long)42");
    assertThat(texts.name(42).place()).isEqualTo("(Integer)42");
    assertThat(texts.name(true).place()).isEqualTo("(Boolean)true");
    assertThat(texts.name('A').place()).isEqualTo("(Character)65");
    assertThat(texts.name(1.5).place()).isEqualTo("(Double)3ff8000000000000");
    assertThat(texts.name(1.5f).place()).isEqualTo("(Float)3fc00000");
    assertThat(texts.name(new BigDecimal("1.50")).place()).isEqualTo("(BigDecimal)1.50");
    assertThat(texts.name(new UUID(1, 2)).place())
        .isEqualTo("(UUID)00000000-0000-0001-0000-000000000002");
    assertThat(texts.name(LocalDate.EPOCH).place()).startsWith("(Serialized)rO0AB");
  }

  @Test
  void keysThatAreNotEqualHaveDifferentNamesAndComeBack() {
    Map<String, Object> byPlace = new HashMap<>();
    for (Object key : manyKeys()) {
      CacheKey name = texts.name(key);
      assertThat(Keys.isValid(name.place(), Keys.PORTABLE_BYTES)).as("%s", key).isTrue();
      assertThat(backFrom(name)).isEqualTo(key);
      assertThat(texts.find(key)).isEqualTo(name);
      Object other = byPlace.put(name.place(), key);
      assertThat(other == null || other.equals(key)).as("%s and %s", key, other).isTrue();
    }
  }

  private static List<Object> manyKeys() {
    List<Object> keys =
        new ArrayList<>(
            List.of(
                0.0,
                -0.0,
                Double.NaN,
                Float.NaN,
                0f,
                -0f,
                Double.MIN_VALUE,
                Float.MAX_VALUE,
                Long.MIN_VALUE,
                Integer.MIN_VALUE,
                Short.MAX_VALUE,
                Byte.MIN_VALUE,
                'x',
                '\ud800',
                true,
                false,
                "true",
                "0",
                0,
                0L,
                (short) 0,
                (byte) 0,
                "(Integer)0",
                "(",
                ")",
                "()",
                new BigInteger("7").pow(400),
                BigDecimal.ONE,
                new BigDecimal("1.0"),
                new BigDecimal("1E+9"),
                Color.RED,
                Color.GREEN,
                "RED",
                Instant.EPOCH,
                List.of(1, 2),
                List.of("1", "2"),
                List.of(List.of(1), 2),
                List.of(1L, 2L)));
    keys.add("(Utf16)" + "2AA");
    keys.add("\ud800");
    keys.add("\udc00\ud800");
    keys.add("x".repeat(255));
    keys.add("x".repeat(256));
    keys.add("x".repeat(257));
    keys.add("ä".repeat(128));
    keys.add("€".repeat(85));
    keys.add("€".repeat(86));
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 3000; i++) {
      keys.add(randomText(random));
      keys.add(
          new Order(
              randomText(random), random.nextLong(3), random.nextBoolean() ? null : Color.RED));
      keys.add(random.nextLong());
      keys.add(Double.longBitsToDouble(random.nextLong()));
      keys.add(new UUID(random.nextLong(), random.nextLong()));
    }
    return keys;
  }

  private static String randomText(SplittableRandom random) {
    String alphabet = "(Long)1aÄ€\ud83d\ude00\ud800";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 600 : 6); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  @SuppressWarnings("StringOperationCanBeSimplified") // The point is that they are not the same.
  void equalKeysHaveOneNameWhereverTheirPartsComeFrom() {
    String one = new String("same");
    String two = new String("same");
    assertThat(texts.name(new ArrayList<>(List.of(one, one, 1000, 1000))))
        .isEqualTo(texts.name(new ArrayList<>(List.of(one, two, 1000, Integer.parseInt("1000")))));
  }

  /** Writes down its hash code when it is first asked for it. */
  private static final class Lazy implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;
    private int hash;

    Lazy(String text) {
      this.text = text;
    }

    @Override
    public int hashCode() {
      if (hash == 0) {
        hash = text.hashCode();
      }
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Lazy lazy && text.equals(lazy.text);
    }
  }

  private static final class WithoutEquals implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aKeyWhoseBytesDoNotStandForItIsRefusedWithTheReason() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> texts.name(new Lazy("a")))
        .withMessageContaining("serialized differently")
        .withMessageContaining("transient");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> texts.name(new WithoutEquals()))
        .withMessageContaining("equals and hashCode");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> texts.name(new Object()))
        .withMessageContaining("not serializable");
  }

  @Test
  void aKeyThatIsNotAllowedIsRefusedBeforeItIsPut() {
    KeyTexts<Object> strict =
        new KeyTexts<>(Object.class, CacheKeys.readable(Object.class, List.of()));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> strict.name(new Order("a", 1, null)))
        .withMessageContaining("serialized.allow");
  }

  @Test
  void invalidTextsOfKeysAreRefused() {
    for (String text : Set.of("(Long)x", "(Foo)1", "(Serialized)rO0A", "(UUID)1", "(Utf16)§")) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> texts.key(new Stored<>(text, null, "value")));
    }
    KeyTexts<Integer> numbers =
        new KeyTexts<>(Integer.class, CacheKeys.readable(Integer.class, List.of()));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> numbers.key(new Stored<>("text", null, "value")))
        .withMessageContaining("java.lang.String");
  }

  @Test
  void aGuessIsTheNameOfAKeyOrOfNothing() {
    Set<String> places = new HashSet<>();
    List<Object> keys = manyKeys();
    keys.forEach(key -> places.add(texts.name(key).place()));
    for (Object key : keys) {
      String guess = CacheKeys.guess(key);
      String place = texts.name(key).place();
      assertThat(guess == null || guess.equals(place) || !places.contains(guess)).isTrue();
      assertThat(!(key instanceof Long) || Objects.isNull(guess)).isTrue();
    }
  }
}
