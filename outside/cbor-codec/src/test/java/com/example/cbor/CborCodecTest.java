package com.example.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborCodecTest {
  private static final CborCodec<Object> ANY = CborCodec.of(Object.class);

  record Reading(String sensor, double value, Instant at, byte[] raw, List<Reading> parts) {}

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static <V> V roundTrip(CborCodec<V> codec, V value) throws IOException {
    return codec.decode(codec.encode(value));
  }

  @Test
  void theExamplesOfTheSpecificationAreRead() throws IOException {
    assertThat(ANY.decode(hex("a2 61 61 01 61 62 82 02 03")))
        .isEqualTo(Map.of("a", 1, "b", List.of(2, 3)));
    assertThat(ANY.decode(hex("9f 01 82 02 03 9f 04 05 ff ff")))
        .isEqualTo(List.of(1, List.of(2, 3), List.of(4, 5)));
    assertThat(ANY.decode(hex("c2 49 01 00 00 00 00 00 00 00 00")))
        .isEqualTo(BigInteger.ONE.shiftLeft(64));
    assertThat(ANY.decode(hex("fb 3f f1 99 99 99 99 99 9a"))).isEqualTo(1.1);
    assertThat(ANY.decode(hex("62 c3 bc"))).isEqualTo("ü");
    assertThat(ANY.decode(hex("44 01 02 03 04"))).isEqualTo(new byte[] {1, 2, 3, 4});
  }

  @Test
  void valuesAreWrittenAsTheSpecificationSays() throws IOException {
    assertThat(ANY.encode(Map.of("a", 1))).isEqualTo(hex("bf 61 61 01 ff"));
    assertThat(ANY.encode("IETF")).isEqualTo(hex("64 49 45 54 46"));
    assertThat(ANY.encode(-1000)).isEqualTo(hex("39 03 e7"));
  }

  @Test
  void typedValuesComeBackEqual() throws IOException {
    CborCodec<Reading> codec = CborCodec.of(Reading.class);
    Reading leaf = new Reading("ü😀", Double.MIN_VALUE, Instant.EPOCH, new byte[0], List.of());
    Reading value =
        new Reading(
            "root",
            -0.0,
            Instant.parse("2026-11-23T05:00:00.123456789Z"),
            hex("00ff"),
            List.of(leaf));
    Reading read = roundTrip(codec, value);
    assertThat(read).usingRecursiveComparison().isEqualTo(value);
    TypeRef<Map<String, List<BigDecimal>>> type = new TypeRef<>() {};
    Map<String, List<BigDecimal>> decimals =
        Map.of("some", List.of(new BigDecimal("1.10"), new BigDecimal("-1E+20")));
    assertThat(roundTrip(CborCodec.of(type, 1_000), decimals)).isEqualTo(decimals);
    assertThat(roundTrip(CborCodec.of(byte[].class), hex("01"))).isEqualTo(hex("01"));
    assertThat(roundTrip(CborCodec.of(Double.class), Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "f6", // null
        "f7", // undefined
        "ff", // the end of nothing
        "01 02", // two items
        "81", // an array that ends before its element
        "9f 01", // an array without its end
        "bf 61 61 ff", // a name without its value
        "a2 61 61 01 61 61 02", // a name that comes twice
        "a1 81 01 02", // a list as a name
        "62 c3 28", // no UTF-8
        "7f 01 ff", // a number as a part of a text
        "1c", // a reserved length
        "5a 7f ff ff ff 00", // 2 GiB of bytes of which there is one
        "5b 7f ff ff ff ff ff ff ff 00", // more than an array holds
        "5b ff ff ff ff ff ff ff ff 00", // a negative length
        "7a 7f ff ff ff 61", // the same of text
        "7b 7f ff ff ff ff ff ff ff 61",
        "9a 7f ff ff ff 01", // of elements
        "9b ff ff ff ff ff ff ff ff 01",
        "ba 7f ff ff ff 61 61 01", // of names
        "c2 5a 7f ff ff ff 01", // of the digits of a number
        "d9 01 00 82 61 61 d8 19 18 63", // a reference to a text that never came
      })
  void garbageIsRefused(String bytes) {
    for (CborCodec<?> codec :
        List.of(
            ANY,
            CborCodec.of(Reading.class),
            CborCodec.of(String.class),
            CborCodec.of(byte[].class))) {
      assertThatThrownBy(() -> codec.decode(hex(bytes))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anyBytesAtAllAreReadOrAnIOException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<CborCodec<?>> codecs = List.of(ANY, CborCodec.of(Reading.class), CborCodec.of(Long.class));
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (CborCodec<?> codec : codecs) {
        try {
          assertThat((Object) codec.decode(bytes.clone())).isNotNull();
        } catch (IOException e) {
          assertThat(e.getMessage()).as("seed %d, round %d", seed, i).isNotBlank();
        }
      }
    }
  }

  @Test
  void nestingHasALimitInBothDirections() throws IOException {
    byte[] deep = new byte[501];
    Arrays.fill(deep, (byte) 0x81);
    deep[500] = 1;
    assertThat(ANY.decode(deep.clone())).isInstanceOf(List.class);
    byte[] deeper = new byte[100_000];
    Arrays.fill(deeper, (byte) 0x81);
    assertThatThrownBy(() -> ANY.decode(deeper)).isInstanceOf(IOException.class);
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> ANY.encode(itself)).isInstanceOf(IOException.class);
  }

  @Test
  void numbersHaveALimit() {
    byte[] digits = new byte[100_003];
    Arrays.fill(digits, (byte) 0xff);
    System.arraycopy(hex("c2 5a 00 01 86 9d"), 0, digits, 0, 6);
    byte[] number = Arrays.copyOf(digits, 6 + 0x1869d);
    assertThatThrownBy(() -> ANY.decode(number.clone())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ANY.encode(BigInteger.TWO.pow(100_000)))
        .isInstanceOf(IOException.class);
  }

  /** 1E2147483647 has one digit and would be written out with two thousand million. */
  @Test
  void aHugeExponentIsNotWrittenOut() {
    byte[] huge = hex("c4 82 1a 7f ff ff ff 01");
    for (Class<?> type : List.of(Long.class, Integer.class, BigInteger.class)) {
      assertThatThrownBy(() -> CborCodec.of(type).decode(huge.clone()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void unreadableValuesAreNotWritten() {
    assertThatThrownBy(() -> ANY.encode(Map.of("n".repeat(60_000), 1)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ANY.encode(Optional.empty())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ANY.encode(new Object())).isInstanceOf(IOException.class);
    TypeRef<String> text = TypeRef.of(String.class);
    assertThatThrownBy(() -> CborCodec.of(text, 10).encode("0123456789"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("11 bytes, and the limit is 10");
  }

  /** Two setters that Jackson cannot choose between. */
  static final class Ambiguous {
    public void setValue(Set<String> value) {}

    public void setValue(List<String> value) {}
  }

  @Test
  void aTypeThatCannotBeReadIsRefusedAtOnce() {
    assertThatThrownBy(() -> CborCodec.of(Ambiguous.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsMediaTypeIsThatOfCbor() {
    assertThat(ANY.contentType()).isEqualTo("application/cbor");
  }
}
