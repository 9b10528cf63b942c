package io.jstorage.testkit;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bytes that are not as they were written.
 *
 * @param what what is wrong with them
 * @param bytes the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Damage(String what, byte[] bytes) {
  /** Of longer arrays, the beginning, the end, and what lies at equal distances between. */
  private static final int MOST_PLACES = 3_000;

  static Stream<Damage> truncations(byte[] whole) {
    return places(whole.length)
        .mapToObj(
            length ->
                new Damage(
                    "the first %d of %d bytes".formatted(length, whole.length),
                    Arrays.copyOf(whole, length)));
  }

  static Stream<Damage> trailingBytes(byte[] whole) {
    byte[] noise = new byte[512];
    new Random(Seed.get()).nextBytes(noise);
    IntFunction<Stream<Damage>> ofLength =
        length ->
            Stream.of(
                followed(whole, length, "zeros", new byte[length]),
                followed(whole, length, "ones", filled(length)),
                followed(whole, length, "random bytes", Arrays.copyOf(noise, length)));
    return IntStream.of(1, 2, 3, 7, 512).boxed().flatMap(ofLength::apply);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static Damage followed(byte[] whole, int length, String what, byte[] more) {
    byte[] bytes = Arrays.copyOf(whole, whole.length + length);
    System.arraycopy(more, 0, bytes, whole.length, length);
    return new Damage("%d bytes, followed by %d %s".formatted(whole.length, length, what), bytes);
  }

  static Stream<Damage> flippedBits(byte[] whole) {
    return places(whole.length)
        .boxed()
        .flatMap(place -> IntStream.range(0, 8).mapToObj(bit -> flipped(whole, place, bit)));
  }

  private static Damage flipped(byte[] whole, int place, int bit) {
    byte[] bytes = whole.clone();
    bytes[place] ^= (byte) (1 << bit);
    return new Damage("bit %d of byte %d of %d flipped".formatted(bit, place, whole.length), bytes);
  }

  /** Several bytes of the array replaced by others. */
  static Stream<Damage> replacedBytes(byte[] whole, int count) {
    Random random = new Random(Seed.get());
    return IntStream.range(0, whole.length == 0 ? 0 : count)
        .mapToObj(
            i -> {
              byte[] bytes = whole.clone();
              int replaced = 2 + random.nextInt(6);
              for (int n = 0; n < replaced; n++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
              }
              return new Damage("%d of %d bytes replaced".formatted(replaced, whole.length), bytes);
            });
  }

  /** Bytes that nobody wrote. */
  static Stream<Damage> noise(int count) {
    Random random = new Random(Seed.get());
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] bytes = new byte[random.nextInt(1 << (1 + random.nextInt(7)))];
              random.nextBytes(bytes);
              return new Damage("%d random bytes".formatted(bytes.length), bytes);
            });
  }

  private static IntStream places(int length) {
    int edge = MOST_PLACES / 3;
    int step = Math.max(1, length / edge);
    return IntStream.range(0, length)
        .filter(
            place ->
                length <= MOST_PLACES
                    || place < edge
                    || place >= length - edge
                    || place % step == 0);
  }
}
