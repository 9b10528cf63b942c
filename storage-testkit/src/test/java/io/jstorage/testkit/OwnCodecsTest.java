package io.jstorage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.TypeRef;
import io.jstorage.codec.Codecs;
import io.jstorage.codec.Transforms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;

/** The codecs and the transform of the API, which the kit itself depends on. */
class OwnCodecsTest {
  @Nested
  class Bytes extends CodecContract<byte[]> {
    @Override
    protected Codec<byte[]> codec() {
      return Codecs.bytes();
    }

    @Override
    protected List<byte[]> samples() {
      return List.of(new byte[0], new byte[] {1, -1, 0, 127, -128}, new byte[200]);
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of();
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of();
    }
  }

  @Nested
  class Text extends CodecContract<String> {
    @Override
    protected Codec<String> codec() {
      return Codecs.text();
    }

    @Override
    protected List<String> samples() {
      return List.of("", "Hello", "\0\n\ufeff", "\u00e9\u65e5\ud83d\ude00\ufffd", "x".repeat(300));
    }

    @Override
    protected List<String> refusedValues() {
      return List.of("\ud83d", "\ude00", "ab\ude00\ud83d", "ab\ud83dx");
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(
          new byte[] {-1},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0xbd});
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of();
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of(IOException.class);
    }
  }

  /** Something of every kind that a stream holds. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by what is shown of it.
  record Invoice(long number, String text, Instant at, List<String> lines, byte[] raw)
      implements Serializable {}

  /** The JDK's streams fail by exceptions of every kind where they are damaged. */
  @Nested
  class Serialized extends CodecContract<Map<String, Invoice>> {
    private static final int LIMIT = 20_000;

    @Override
    protected Codec<Map<String, Invoice>> codec() {
      return Codecs.serialized(new TypeRef<Map<String, Invoice>>() {}, List.of(), LIMIT);
    }

    @Override
    protected List<Map<String, Invoice>> samples() {
      return List.of(
          Map.of(),
          Map.of("a", new Invoice(7, "\u00e9", Instant.EPOCH, List.of("x", "y"), new byte[0])));
    }

    @Override
    protected List<Map<String, Invoice>> refusedValues() {
      return List.of(Map.of("a", new Invoice(1, "", Instant.EPOCH, List.of(), new byte[LIMIT])));
    }

    @Override
    protected boolean areEqual(Map<String, Invoice> one, Map<String, Invoice> other) {
      // The array makes equals of the record too strict.
      return one.keySet().equals(other.keySet())
          && one.keySet().stream()
              .allMatch(
                  key ->
                      shown(Objects.requireNonNull(one.get(key)))
                          .equals(shown(Objects.requireNonNull(other.get(key)))));
    }

    private static String shown(Invoice invoice) {
      return "%d %s %s %s %d"
          .formatted(invoice.number, invoice.text, invoice.at, invoice.lines, invoice.raw.length);
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES);
    }
  }

  @Nested
  class Gzip extends ByteTransformContract {
    private static final int LIMIT = 1 << 20;

    @Override
    protected ByteTransform transform() {
      return Transforms.gzip(6, LIMIT, Transforms.DEFAULT_GZIP_RATIO);
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES, Detects.FLIPPED_BITS);
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(new byte[LIMIT + 1]);
    }

    @Override
    protected List<byte[]> refusedCoded() {
      return List.of(new byte[0], "no gzip".getBytes(UTF_8), zipOfZeros(64 << 20));
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of(IOException.class);
    }

    @Override
    protected long mostMemory() {
      return 3 << 20;
    }

    private static byte[] zipOfZeros(int length) {
      ByteArrayOutputStream coded = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < length; i += zeros.length) {
          out.write(zeros);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return coded.toByteArray();
    }
  }
}
