package io.jstorage.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressTransformTest {
  private static final int MEBIBYTE = 1 << 20;

  private static void assertComesBack(ByteTransform transform, byte[] plain) throws IOException {
    byte[] coded = transform.apply("k", plain.clone());
    assertThat(Arrays.equals(transform.invert("k", coded), plain))
        .as("%d bytes", plain.length)
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfEveryShortLengthComeBack(Kind kind) throws IOException {
    ByteTransform transform = kind.transform();
    int step = kind == Kind.XZ ? 37 : 1;
    for (int length = 0; length < 600; length += step) {
      assertComesBack(transform, new byte[length]);
      assertComesBack(transform, Samples.text(length));
      assertComesBack(transform, Samples.random(length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMebibyteOfAnythingComesBack(Kind kind) throws IOException {
    ByteTransform transform = kind.transform();
    assertComesBack(transform, Samples.random(MEBIBYTE));
    assertComesBack(transform, Samples.text(kind == Kind.XZ ? 100_000 : MEBIBYTE));
    assertComesBack(transform, new byte[MEBIBYTE]);
  }

  @ParameterizedTest
  @EnumSource
  void mixturesOfRunsAndNoiseComeBack(Kind kind) throws IOException {
    ByteTransform transform = kind.transform();
    Random random = new Random(7);
    for (int i = 0; i < (kind == Kind.XZ ? 5 : 60); i++) {
      List<byte[]> parts = new ArrayList<>();
      for (int part = random.nextInt(40); part >= 0; part--) {
        int length = random.nextInt(1 << random.nextInt(14));
        parts.add(random.nextBoolean() ? new byte[length] : Samples.random(length));
      }
      assertComesBack(transform, Samples.concat(parts));
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesTooLargeToBeKeptWhileTheyAreCountedComeBack(Kind kind) throws IOException {
    byte[] noise = Samples.random(60_000);
    byte[] plain = Samples.concat(noise, new byte[5 * MEBIBYTE], noise);
    assertComesBack(kind.transform(1 << 28, 1000), plain);
  }

  @ParameterizedTest
  @EnumSource
  void textBecomesShorter(Kind kind) throws IOException {
    assertThat(kind.transform().apply("k", Samples.text(10_000))).hasSizeLessThan(3000);
  }

  @ParameterizedTest
  @EnumSource
  void noiseBecomesHardlyLonger(Kind kind) throws IOException {
    assertThat(kind.transform().apply("k", Samples.random(100_000))).hasSizeLessThan(100_200);
  }

  @ParameterizedTest
  @EnumSource
  void theSameValueBecomesTheSameBytes(Kind kind) throws IOException {
    byte[] coded = kind.transform().apply("a", Samples.text(5000));
    assertThat(kind.transform().apply("b", Samples.text(5000))).isEqualTo(coded);
  }

  @ParameterizedTest
  @EnumSource
  void commonsCompressReadsWhatIsWritten(Kind kind) throws IOException {
    for (byte[] plain :
        List.of(
            new byte[0],
            Samples.text(1),
            Samples.text(100_000),
            Samples.random(100_000),
            new byte[2 * MEBIBYTE])) {
      byte[] coded = kind.transform(1 << 28, 10).apply("k", plain);
      assertThat(Arrays.equals(kind.stockDecompress(coded), plain)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputOfCommonsCompressIsRead(Kind kind) throws IOException {
    for (byte[] plain : List.of(Samples.text(1), Samples.text(10_000), Samples.random(100_000))) {
      byte[] read = kind.transform().invert("k", kind.stockCompress(plain));
      assertThat(Arrays.equals(read, plain)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void concatenatedStreamsAreReadAsOne(Kind kind) throws IOException {
    ByteTransform transform = kind.transform();
    byte[] text = Samples.text(1000);
    byte[] coded =
        Samples.concat(
            transform.apply("k", text),
            transform.apply("k", new byte[0]),
            kind.stockCompress(text),
            transform.apply("k", text));
    assertThat(transform.invert("k", coded)).isEqualTo(Samples.concat(text, text, text));
  }

  @ParameterizedTest
  @EnumSource
  void outputBeyondTheRatioIsPaddedUntilItCanBeRead(Kind kind) throws IOException {
    byte[] plain = new byte[MEBIBYTE + 100_000];
    for (int ratio : new int[] {10, 200}) {
      ByteTransform transform = kind.transform(1 << 28, ratio);
      byte[] coded = transform.apply("k", plain);
      assertThat(transform.invert("k", coded)).hasSize(plain.length);
      assertThat((long) coded.length * ratio).isGreaterThanOrEqualTo(plain.length);
    }
    assertThat(kind.transform(1 << 28, 10).apply("k", plain))
        .hasSizeLessThan(plain.length / 10 + 9);
  }

  @ParameterizedTest
  @EnumSource
  void paddingOfAnyLengthIsPassedOver(Kind kind) throws IOException {
    byte[] coded = kind.format().compress(Samples.text(100));
    for (int more : new int[] {1, 3, 4, 7, 8, 9, 1000, 17 * MEBIBYTE}) {
      byte[] padded = kind.format().pad(coded, coded.length + more);
      assertThat(padded).hasSizeBetween(coded.length + more, coded.length + more + 8);
      assertThat(kind.transform().invert("k", padded)).isEqualTo(Samples.text(100));
      assertThat(kind.transform().invert("k", Samples.concat(padded, coded))).hasSize(200);
    }
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    for (Kind kind : Kind.values()) {
      assertThatThrownBy(() -> kind.transform(0, 200))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxBytes");
      assertThatThrownBy(() -> kind.transform(1, 9))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxRatio");
    }
    for (int level : new int[] {-1, 10}) {
      assertThatThrownBy(() -> CompressTransforms.xz(level, 1, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 9");
    }
    for (int level : new int[] {0, 23}) {
      assertThatThrownBy(() -> CompressTransforms.zstd(level, 1, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 22");
    }
  }
}
