package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link Codec}. Extend it in a test class, and declare the values of the codec and
 * the damage that it detects:
 *
 * <pre>{@code
 * class AcmeCodecContractTest extends CodecContract<Invoice> {
 *   @Override
 *   protected Codec<Invoice> codec() {
 *     return AcmeCodec.of(Invoice.class);
 *   }
 *
 *   @Override
 *   protected List<Invoice> samples() {
 *     return List.of(new Invoice(1, "some"), new Invoice(2, ""));
 *   }
 *
 *   @Override
 *   protected Set<Detects> detects() {
 *     return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES);
 *   }
 * }
 * }</pre>
 *
 * <p>Bytes may be damaged or hostile. In every case {@code decode} ends, returns a value or throws
 * one of {@link #failures()}, and takes no more memory than {@link #mostMemory()}.
 *
 * @param <V> the type of the values
 */
@ExtendWith(FailureExplainer.class)
public abstract class CodecContract<V> {
  private static final int NOISE = 2_000;
  private static final int THREADS = 8;
  private static final int ROUNDS = 100;

  /** For subclasses. */
  protected CodecContract() {}

  /**
   * Returns the codec.
   *
   * @return the codec, which may be the same each time
   */
  protected abstract Codec<V> codec();

  /**
   * Returns values of every kind that the codec takes, the smallest among them. Each test damages
   * the bytes of each, so that a hundred bytes show more than a million.
   *
   * @return at least two values, equal to those of other calls, but not the same objects if they
   *     can be changed
   */
  protected abstract List<V> samples();

  /**
   * Returns the kinds of damage that the codec detects; other damage may be read as another value.
   *
   * @return a set without {@link Detects#OTHER_KEYS}, as a codec knows no keys
   */
  protected abstract Set<Detects> detects();

  /**
   * Returns values that have no encoding, or are beyond a limit of the codec.
   *
   * @return values that {@code encode} refuses; by default none
   */
  protected List<V> refusedValues() {
    return List.of();
  }

  /**
   * Returns bytes that are no encoding, or are beyond a limit of the codec: values nested too
   * deeply, claimed lengths that are wrong, bombs.
   *
   * @return arrays that {@code decode} refuses; by default none
   */
  protected List<byte[]> refusedBytes() {
    return List.of();
  }

  /**
   * Returns the types of exceptions that the codec fails by.
   *
   * @return by default {@link IOException} and {@link RuntimeException}, which a storage expects
   */
  protected Set<Class<? extends Exception>> failures() {
    return Set.of(IOException.class, RuntimeException.class);
  }

  /**
   * Returns the most memory that {@code decode} allocates, for the bytes that the tests give it.
   *
   * @return a number of bytes, by default 64 MiB
   */
  protected long mostMemory() {
    return 64L << 20;
  }

  /**
   * Compares values.
   *
   * @param one a value
   * @param other another value
   * @return true if they are equal, by default by {@link Objects#deepEquals}
   */
  protected boolean areEqual(V one, V other) {
    return Objects.deepEquals(one, other);
  }

  private byte[] encoded(V value) {
    return FixtureMethods.call(() -> codec().encode(value));
  }

  private void assertComesBack(Codec<V> codec, byte[] bytes, V value) throws IOException {
    V read = codec.decode(bytes.clone());
    if (!areEqual(read, value)) {
      throw new AssertionError(MessageRepresentation.difference(value, read));
    }
  }

  private Reads<V> reads() {
    Codec<V> codec = codec();
    return new Reads<>("decode", codec::decode, this::areEqual, failures(), mostMemory());
  }

  /** Damages the bytes of each sample. */
  private void damage(Detects detected, Function<byte[], Stream<Damage>> how) {
    Reads<V> reads = reads();
    for (V sample : samples()) {
      byte[] sound = encoded(sample);
      reads.expectOriginalOrFailure(how.apply(sound), sound, sample, detects().contains(detected));
    }
  }

  @Test
  @Promise(
      value = "decode accepts whatever encode returned, and yields an equal value.",
      lookAt = {"Codec.encode", "Codec.decode"})
  void everyValueComesBackEqual() throws IOException {
    Codec<V> codec = codec();
    assertThat(samples()).as("samples").hasSizeGreaterThan(1);
    for (V sample : samples()) {
      assertComesBack(codec, codec.encode(sample), sample);
    }
  }

  @Test
  @Promise(
      value =
          "encode changes neither the value nor what it returned before, and keeps no reference"
              + " to either.",
      lookAt = "Codec.encode")
  void encodingChangesNothingAndKeepsNothing() throws IOException {
    Codec<V> codec = codec();
    List<V> given = samples();
    List<V> same = samples();
    List<byte[]> returned = new ArrayList<>();
    List<byte[]> copies = new ArrayList<>();
    for (V value : given) {
      byte[] bytes = codec.encode(value);
      returned.add(bytes);
      copies.add(bytes.clone());
    }
    for (int i = 0; i < given.size(); i++) {
      assertThat(areEqual(given.get(i), same.get(i))).as("the value is as it was").isTrue();
      assertThat(Arrays.equals(returned.get(i), copies.get(i)))
          .as("what was returned for one value is as it was, after others were encoded")
          .isTrue();
      if (given.get(i) instanceof byte[] array) {
        // It is the user's, who may use it again.
        Arrays.fill(array, (byte) ~(array.length == 0 ? 0 : array[0]));
        assertThat(Arrays.equals(returned.get(i), copies.get(i)))
            .as("what was returned is no view of the value")
            .isTrue();
      }
      Arrays.fill(returned.get(i), (byte) 0x55);
      assertComesBack(codec, codec.encode(same.get(i)), same.get(i));
    }
  }

  @Test
  @Promise(
      value =
          "decode refuses bytes that are cut short at any length, if that is said, or reads them.",
      lookAt = "Codec.decode")
  void noTruncationDoesHarm() {
    damage(Detects.TRUNCATION, Damage::truncations);
  }

  @Test
  @Promise(
      value = "decode refuses bytes after the end of a value, if that is said, or reads them.",
      lookAt = "Codec.decode")
  void noTrailingByteDoesHarm() {
    damage(Detects.TRAILING_BYTES, Damage::trailingBytes);
  }

  @Test
  @Promise(
      value =
          "decode refuses bytes of which a bit is flipped, or reads the same value, if that is"
              + " said, or reads another one.",
      lookAt = "Codec.decode")
  void noFlippedBitDoesHarm() {
    damage(Detects.FLIPPED_BITS, Damage::flippedBits);
  }

  @Test
  @Promise(
      value = "decode reads any bytes at all, or refuses them in a declared way.",
      lookAt = "Codec.decode")
  void noBytesAtAllDoHarm() {
    Reads<V> reads = reads();
    reads.expectAnythingDeclared(Damage.noise(NOISE));
    for (V sample : samples()) {
      reads.expectAnythingDeclared(Damage.replacedBytes(encoded(sample), NOISE / 4));
    }
  }

  @Test
  @Promise(
      value = "A value that has no encoding, or is beyond a limit, is refused on encoding.",
      lookAt = "Codec.encode")
  void valuesThatHaveNoEncodingAreRefused() {
    List<V> refused = refusedValues();
    Assume.that(!refused.isEmpty(), "every value has an encoding");
    Codec<V> codec = codec();
    for (V value : refused) {
      Throwable e = catchThrowable(() -> codec.encode(value));
      assertThat(e).as("encode of " + MessageRepresentation.argument(value)).isNotNull();
      assertThat(failures().stream().anyMatch(type -> type.isInstance(e)))
          .as("fails in a declared way, and not by " + e)
          .isTrue();
    }
  }

  @Test
  @Promise(
      value = "Bytes beyond a limit are refused before the memory for them is taken.",
      lookAt = "Codec.decode")
  void bytesThatAreBeyondALimitAreRefused() {
    List<byte[]> refused = refusedBytes();
    Assume.that(!refused.isEmpty(), "all bytes are encodings");
    reads()
        .expectFailure(
            IntStream.range(0, refused.size())
                .mapToObj(
                    i -> new Damage("number %d of refusedBytes".formatted(i), refused.get(i))));
  }

  @Test
  @Promise(
      value = "Any number of threads use one codec at once.",
      lookAt = {"Codec.encode", "Codec.decode"})
  void manyThreadsShareOneCodec() {
    Codec<V> codec = codec();
    try (Race race = new Race(THREADS)) {
      race.run(
          number -> {
            List<V> samples = samples();
            for (int i = 0; i < ROUNDS; i++) {
              V sample = samples.get((i + number) % samples.size());
              byte[] bytes = codec.encode(sample);
              // Others are given the time to spoil it.
              LockSupport.parkNanos(20_000);
              assertComesBack(codec, bytes, sample);
              Trace.ofThread().step();
            }
            return number;
          });
    }
  }

  @Test
  @Promise(value = "contentType is a media type, always the same.", lookAt = "Codec.contentType")
  void itsContentTypeIsAMediaType() {
    Codec<V> codec = codec();
    assertThat(codec.contentType()).matches("[a-z]+/[a-z0-9.+-]+(; ?[a-z0-9-]+=[A-Za-z0-9.\"-]+)*");
    assertThat(codec.contentType()).isEqualTo(codec.contentType());
  }
}
