package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link ByteTransform}. Extend it in a test class, and declare which damage the
 * transform detects:
 *
 * <pre>{@code
 * class AcmeTransformContractTest extends ByteTransformContract {
 *   @Override
 *   protected ByteTransform transform() {
 *     return new AcmeTransform();
 *   }
 *
 *   @Override
 *   protected Set<Detects> detects() {
 *     return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES, Detects.FLIPPED_BITS);
 *   }
 * }
 * }</pre>
 *
 * <p>Stored bytes may be damaged or hostile. In every case {@code invert} ends, returns bytes or
 * throws one of {@link #failures()}, and takes no more memory than {@link #mostMemory()}.
 */
@ExtendWith(FailureExplainer.class)
public abstract class ByteTransformContract {
  private static final String KEY = "some key";
  private static final int NOISE = 2_000;
  private static final int THREADS = 8;
  private static final int ROUNDS = 100;

  /** For subclasses. */
  protected ByteTransformContract() {}

  /**
   * Returns the transform.
   *
   * @return the transform, which may be the same each time
   */
  protected abstract ByteTransform transform();

  /**
   * Returns the kinds of damage that the transform detects; other damage may be read as other
   * bytes.
   *
   * @return a set
   */
  protected abstract Set<Detects> detects();

  /**
   * Returns arrays that the transform takes. Each test damages the transformed form of each.
   *
   * @return by default none, one and some hundred bytes, of zeros, text and noise
   */
  protected List<byte[]> samples() {
    byte[] noise = new byte[300];
    new Random(1).nextBytes(noise);
    String text = "The quick brown fox jumps over the lazy dog. ".repeat(6);
    return List.of(
        new byte[0], new byte[1], text.getBytes(StandardCharsets.US_ASCII), noise, new byte[5_000]);
  }

  /**
   * Returns arrays that are beyond a limit of the transform.
   *
   * @return arrays that {@code apply} refuses; by default none
   */
  protected List<byte[]> refusedBytes() {
    return List.of();
  }

  /**
   * Returns arrays that this transform has not written, or that exceed a limit of it: bombs,
   * claimed lengths that are wrong.
   *
   * @return arrays that {@code invert} refuses; by default none
   */
  protected List<byte[]> refusedCoded() {
    return List.of();
  }

  /**
   * Returns the types of the exceptions that the transform throws for a failure.
   *
   * @return by default {@link IOException} and {@link RuntimeException}, which a storage expects
   */
  protected Set<Class<? extends Exception>> failures() {
    return Set.of(IOException.class, RuntimeException.class);
  }

  /**
   * Returns the most memory that {@code invert} allocates, for the bytes that the tests give it.
   *
   * @return a number of bytes, by default 64 MiB
   */
  protected long mostMemory() {
    return 64L << 20;
  }

  private byte[] coded(byte[] plain) {
    return FixtureMethods.call(() -> transform().apply(KEY, plain.clone()));
  }

  private static void assertComesBack(
      ByteTransform transform, String key, byte[] coded, byte[] plain) throws IOException {
    byte[] read = transform.invert(key, coded.clone());
    if (!Arrays.equals(read, plain)) {
      throw new AssertionError(MessageRepresentation.difference(plain, read));
    }
  }

  private Reads<byte[]> reads(String key) {
    ByteTransform transform = transform();
    return new Reads<>(
        "invert", bytes -> transform.invert(key, bytes), Arrays::equals, failures(), mostMemory());
  }

  /** Damages what becomes of each sample. */
  private void damage(Detects detected, Function<byte[], Stream<Damage>> how) {
    Reads<byte[]> reads = reads(KEY);
    for (byte[] sample : samples()) {
      byte[] sound = coded(sample);
      reads.expectOriginalOrFailure(how.apply(sound), sound, sample, detects().contains(detected));
    }
  }

  @Test
  @Promise(
      value = "invert undoes apply for the same key, whatever bytes and whatever key.",
      lookAt = {"ByteTransform.apply", "ByteTransform.invert"})
  void everythingComesBackUnderItsKey() throws IOException {
    ByteTransform transform = transform();
    for (byte[] sample : samples()) {
      assertComesBack(transform, KEY, transform.apply(KEY, sample.clone()), sample);
    }
    byte[] plain = {1, 2, 3};
    for (String key : HostileKeys.portable()) {
      assertComesBack(transform, key, transform.apply(key, plain.clone()), plain);
    }
  }

  @Test
  @Promise(
      value =
          "Arrays change owner: the transform keeps no reference to what it returned, and does"
              + " not change it later.",
      lookAt = {"ByteTransform.apply", "ByteTransform.invert"})
  void returnedArraysBelongToTheCaller() throws IOException {
    ByteTransform transform = transform();
    List<byte[]> samples = samples();
    List<byte[]> coded = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    for (byte[] sample : samples) {
      coded.add(transform.apply(KEY, sample.clone()));
    }
    for (byte[] each : coded) {
      read.add(transform.invert(KEY, each.clone()));
    }
    for (int i = 0; i < samples.size(); i++) {
      assertThat(Arrays.equals(read.get(i), samples.get(i)))
          .as("what invert returned is as it was, after others were read")
          .isTrue();
      assertComesBack(transform, KEY, coded.get(i), samples.get(i));
      Arrays.fill(read.get(i), (byte) 0x55);
      Arrays.fill(coded.get(i), (byte) 0x55);
      byte[] again = transform.apply(KEY, samples.get(i).clone());
      assertComesBack(transform, KEY, again, samples.get(i));
    }
  }

  @Test
  @Promise(
      value = "invert refuses bytes that are cut short at any length, if declared, or reads them.",
      lookAt = "ByteTransform.invert")
  void noTruncationDoesHarm() {
    damage(Detects.TRUNCATION, Damage::truncations);
  }

  @Test
  @Promise(
      value = "invert refuses bytes after the end, if declared, or reads them.",
      lookAt = "ByteTransform.invert")
  void noTrailingByteDoesHarm() {
    damage(Detects.TRAILING_BYTES, Damage::trailingBytes);
  }

  @Test
  @Promise(
      value =
          "invert refuses bytes of which a bit is flipped, or reads the same value, if that is"
              + " said, or reads another one.",
      lookAt = "ByteTransform.invert")
  void noFlippedBitDoesHarm() {
    damage(Detects.FLIPPED_BITS, Damage::flippedBits);
  }

  @Test
  @Promise(
      value = "invert reads any bytes at all, or refuses them in a declared way.",
      lookAt = "ByteTransform.invert")
  void noBytesAtAllDoHarm() {
    Reads<byte[]> reads = reads(KEY);
    reads.expectAnythingDeclared(Damage.noise(NOISE));
    for (byte[] sample : samples()) {
      reads.expectAnythingDeclared(Damage.replacedBytes(coded(sample), NOISE / 4));
    }
  }

  @Test
  @Promise(
      value = "Bytes written under one key are refused under another, if the transform says so.",
      lookAt = {"ByteTransform.apply", "ByteTransform.invert"})
  void bytesWrittenUnderAnotherKeyAreRefused() {
    Assume.that(detects().contains(Detects.OTHER_KEYS), "keys are not told apart");
    for (byte[] sample : samples()) {
      byte[] coded = coded(sample);
      for (String other : List.of("some ke", "some keys", "Some key", "\0", "x".repeat(255))) {
        Damage moved =
            new Damage(
                "moved from %s to %s".formatted(KEY, MessageRepresentation.text(other)), coded);
        reads(other).expectFailure(Stream.of(moved));
      }
    }
  }

  @Test
  @Promise(
      value = "Bytes beyond a limit are refused on writing, as they could not be read again.",
      lookAt = "ByteTransform.apply")
  void bytesBeyondALimitAreNotWritten() {
    List<byte[]> refused = refusedBytes();
    Assume.that(!refused.isEmpty(), "there is no limit");
    ByteTransform transform = transform();
    for (byte[] plain : refused) {
      Throwable e = catchThrowable(() -> transform.apply(KEY, plain.clone()));
      assertThat(e).as("apply to " + MessageRepresentation.argument(plain)).isNotNull();
      assertThat(failures().stream().anyMatch(type -> type.isInstance(e)))
          .as("fails in a declared way, and not by " + e)
          .isTrue();
    }
  }

  @Test
  @Promise(
      value = "Bytes beyond a limit are refused on reading, before the memory for them is taken.",
      lookAt = "ByteTransform.invert")
  void bytesBeyondALimitAreNotRead() {
    List<byte[]> refused = refusedCoded();
    Assume.that(!refused.isEmpty(), "there is no limit");
    reads(KEY)
        .expectFailure(
            IntStream.range(0, refused.size())
                .mapToObj(
                    i -> new Damage("number %d of refusedCoded".formatted(i), refused.get(i))));
  }

  @Test
  @Promise(
      value = "Any number of threads use one transform at once.",
      lookAt = {"ByteTransform.apply", "ByteTransform.invert"})
  void manyThreadsShareOneTransform() {
    ByteTransform transform = transform();
    try (Race race = new Race(THREADS)) {
      race.run(
          number -> {
            List<byte[]> samples = samples();
            for (int i = 0; i < ROUNDS; i++) {
              byte[] sample = samples.get((i + number) % samples.size());
              byte[] coded = transform.apply(KEY, sample.clone());
              // Others are given the time to spoil it.
              LockSupport.parkNanos(20_000);
              assertComesBack(transform, KEY, coded, sample);
              Trace.ofThread().step();
            }
            return number;
          });
    }
  }
}
