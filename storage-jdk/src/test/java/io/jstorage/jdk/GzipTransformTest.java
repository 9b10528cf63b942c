package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.ByteTransform;
import io.jstorage.jvm.Together;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTransformTest {
  private static final int LIMIT = GzipTransform.DEFAULT_LIMIT;
  private static final int RATIO = GzipTransform.DEFAULT_RATIO;

  private final ByteTransform gzip = GzipTransform.of();

  static Stream<byte[]> values() {
    return Stream.of(
        new byte[0],
        new byte[1],
        Gzip.text(130),
        Gzip.random(130),
        Gzip.text(40_000),
        Gzip.random(100_000),
        Gzip.text(2_000_000),
        new byte[3 << 20]);
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesWhatEveryGunzipReads(byte[] plain) throws IOException {
    assertThat(Gzip.unzip(gzip.apply("k", plain))).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsWhatAnotherGzipWrote(byte[] plain) throws IOException {
    byte[] coded = Gzip.zip(plain);
    ByteTransform patient = GzipTransform.of(6, LIMIT, 2000);
    assertThat(patient.invert("k", coded)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void everyLevelComesBack(int level) throws IOException {
    ByteTransform transform = GzipTransform.of(level, LIMIT, RATIO);
    for (byte[] plain : values().toList()) {
      assertThat(transform.invert("k", transform.apply("k", plain))).isEqualTo(plain);
    }
  }

  @Test
  void aHigherLevelIsSmaller() throws IOException {
    byte[] plain = Gzip.text(40_000);
    assertThat(GzipTransform.of(9, LIMIT, RATIO).apply("k", plain).length)
        .isLessThan(GzipTransform.of(1, LIMIT, RATIO).apply("k", plain).length);
    assertThat(GzipTransform.of(0, LIMIT, RATIO).apply("k", plain).length)
        .isGreaterThan(plain.length);
  }

  @Test
  void equalValuesAreWrittenEquallyWhateverWasWrittenBefore() throws IOException {
    byte[] plain = Gzip.text(5_000);
    byte[] first = GzipTransform.of().apply("k", plain);
    gzip.apply("k", Gzip.random(50_000));
    assertThat(gzip.apply("k", plain)).isEqualTo(first);
    assertThat(GzipTransform.of(6, LIMIT, RATIO).apply("k", plain)).isEqualTo(first);
  }

  @Test
  void leavesTheArraysThatItIsGivenAlone() throws IOException {
    byte[] plain = Gzip.text(500);
    byte[] coded = gzip.apply("k", plain);
    byte[] codedBefore = coded.clone();
    gzip.invert("k", coded);
    assertThat(plain).isEqualTo(Gzip.text(500));
    assertThat(coded).isEqualTo(codedBefore);
  }

  @Test
  void membersOneAfterTheOtherAreOneValue() throws IOException {
    byte[] coded =
        Gzip.concat(
            Gzip.zip(Gzip.text(5_000)),
            Gzip.zip(new byte[0]),
            Gzip.zipWithAllHeaderFields(Gzip.random(300), 0),
            Gzip.zip(Gzip.text(10)));
    assertThat(gzip.invert("k", coded))
        .isEqualTo(Gzip.concat(Gzip.text(5_000), Gzip.random(300), Gzip.text(10)));
  }

  @Test
  void optionalHeaderFieldsAreReadOver() throws IOException {
    assertThat(gzip.invert("k", Gzip.zipWithAllHeaderFields(Gzip.text(100), 0)))
        .isEqualTo(Gzip.text(100));
  }

  @Test
  void aValueThatCompressesTooWellIsWrittenSoThatItCanBeRead() throws IOException {
    byte[] zeros = new byte[10 << 20];
    byte[] coded = gzip.apply("k", zeros);
    assertThat(coded.length).isBetween(zeros.length / RATIO, zeros.length / 7);
    assertThat(gzip.invert("k", coded)).isEqualTo(zeros);
  }

  @Test
  void theSmallestRatioAndTheSmallestLimitHoldForEveryValue() throws IOException {
    ByteTransform strict = GzipTransform.of(9, LIMIT, GzipTransform.MIN_RATIO);
    for (byte[] plain : values().toList()) {
      assertThat(strict.invert("k", strict.apply("k", plain))).isEqualTo(plain);
    }
    ByteTransform tiny = GzipTransform.of(6, 1, RATIO);
    assertThat(tiny.invert("k", tiny.apply("k", new byte[1]))).hasSize(1);
  }

  @Test
  void aValueBeyondTheLimitIsNotWritten() throws IOException {
    ByteTransform small = GzipTransform.of(6, 1000, RATIO);
    assertThat(small.invert("k", small.apply("k", new byte[1000]))).hasSize(1000);
    assertThatThrownBy(() -> small.apply("k", new byte[1001]))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("1001", "1000", "gzip.limit");
  }

  @Test
  void manyThreadsShareOneTransform() throws Exception {
    Together.run(
        16,
        number -> {
          byte[] plain = Gzip.random(200 + number * 100);
          for (int i = 0; i < 300; i++) {
            assertThat(gzip.invert("k", gzip.apply("k", plain))).isEqualTo(plain);
          }
        });
  }

  @Test
  void parametersOutOfTheirRangesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GzipTransform.of(10, LIMIT, RATIO))
        .withMessageContaining("0 to 9");
    assertThatIllegalArgumentException().isThrownBy(() -> GzipTransform.of(-1, LIMIT, RATIO));
    assertThatIllegalArgumentException().isThrownBy(() -> GzipTransform.of(6, 0, RATIO));
    assertThatIllegalArgumentException().isThrownBy(() -> GzipTransform.of(6, LIMIT, 9));
  }
}
