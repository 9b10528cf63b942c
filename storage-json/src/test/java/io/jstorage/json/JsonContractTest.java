package io.jstorage.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Codec;
import io.jstorage.testkit.CodecContract;
import io.jstorage.testkit.Detects;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of all codecs; JSON has tests of its own. */
class JsonContractTest {
  abstract static class Contract<V> extends CodecContract<V> {
    /** Text knows where it ends, and any of its letters may be another. */
    @Override
    protected Set<Detects> detects() {
      return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES);
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of(IOException.class);
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(
          new byte[0],
          "null".getBytes(UTF_8),
          "[".repeat(100_000).getBytes(UTF_8),
          "{\"a\":".repeat(501).getBytes(UTF_8),
          "1".repeat(1_001).getBytes(UTF_8),
          ("{\"" + "n".repeat(60_000) + "\":1}").getBytes(UTF_8));
    }
  }

  @Nested
  class Untyped extends Contract<Object> {
    @Override
    protected Codec<Object> codec() {
      return JsonCodec.untyped();
    }

    @Override
    protected List<Object> samples() {
      return List.of(
          "",
          true,
          Map.of("\u00e9\ud83d\ude00", List.of(1L, 2.5, "x", Map.of())),
          List.of(Long.MAX_VALUE, new BigDecimal("1.000000000000000000001"), "\0\n\""));
    }

    @Override
    protected List<Object> refusedValues() {
      List<Object> deep = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        deep = new ArrayList<>(List.of(deep));
      }
      List<Object> itself = new ArrayList<>();
      itself.add(itself);
      return List.of(deep, itself, Double.NaN, Map.of("n".repeat(60_000), 1));
    }
  }

  /** Of every kind that a record may have. */
  record Reading(
      String sensor, double value, Instant at, List<Reading> parts, Map<String, Long> n) {}

  @Nested
  class Typed extends Contract<Reading> {
    @Override
    protected Codec<Reading> codec() {
      return JsonCodec.of(Reading.class);
    }

    @Override
    protected List<Reading> samples() {
      Reading leaf = new Reading("", -0.0, Instant.EPOCH, List.of(), Map.of());
      return List.of(
          leaf,
          new Reading(
              "\u00fc",
              1e-300,
              Instant.parse("2026-11-23T05:00:00.123456789Z"),
              List.of(leaf),
              Map.of("a", 1L)));
    }

    @Override
    protected List<Reading> refusedValues() {
      return List.of(new Reading("", Double.NaN, Instant.EPOCH, List.of(), Map.of()));
    }
  }
}
