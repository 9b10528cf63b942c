package io.jstorage.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.jstorage.ByteTransform;
import io.jstorage.compress.app.ReadBombs;
import io.jstorage.jvm.OtherJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressBadInputTest {
  private static final byte[] PLAIN = Samples.text(400);
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  private static void assertRefused(Kind kind, byte[] coded, String... reasons) {
    AbstractThrowableAssert<?, ?> failure =
        assertThatThrownBy(() -> kind.transform().invert("k", coded))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(kind.transformName());
    for (String reason : reasons) {
      failure.hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesOfAnotherFormatAreRefused(Kind kind) {
    assertRefused(kind, new byte[0]);
    assertRefused(kind, new byte[1]);
    assertRefused(kind, new byte[100]);
    assertRefused(kind, Samples.text(20));
    assertRefused(kind, Samples.random(1000));
  }

  @ParameterizedTest
  @EnumSource
  void dataThatIsCutShortAnywhereIsRefused(Kind kind) throws IOException {
    byte[] whole = kind.transform().apply("k", PLAIN);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(kind, Arrays.copyOf(whole, length), "cut short");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondValueThatIsCutShortIsRefused(Kind kind) throws IOException {
    byte[] first = kind.transform().apply("k", PLAIN);
    byte[] whole = Samples.concat(first, first);
    for (int length = first.length + 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertRefused(kind, cut, "cut short");
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeDataThatIsCutShortIsRefused(Kind kind) throws IOException {
    byte[] whole = kind.transform().apply("k", Samples.random(300_000));
    for (int length = 0; length < whole.length; length += 9973) {
      assertRefused(kind, Arrays.copyOf(whole, length), "cut short");
    }
    // Between two chunks, where a stream of Snappy could have ended.
    for (int chunks = 0; chunks < 4; chunks++) {
      int chunk = 1 << 16;
      for (int header = 0; header < 64; header++) {
        assertRefused(kind, Arrays.copyOf(whole, chunks * chunk + header), "cut short");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noDamageThrowsAnythingButAnIoException(Kind kind) throws IOException {
    ByteTransform transform = kind.transform(MEBIBYTE, 10);
    byte[] coded = transform.apply("k", Samples.concat(Samples.text(3000), new byte[500]));
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = coded.clone();
      for (int n = random.nextInt(6); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        transform.invert("k", damaged);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2900);
  }

  @ParameterizedTest
  @EnumSource
  void theLimitIsExact(Kind kind) throws IOException {
    ByteTransform limited = kind.transform(1000, 200);
    byte[] coded = limited.apply("k", Samples.text(1000));
    assertThat(limited.invert("k", coded)).hasSize(1000);
    assertThatThrownBy(() -> limited.apply("k", Samples.text(1001)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("1001", "1000", kind.transformName() + ".limit");
    byte[] oneMore = kind.transform().apply("k", Samples.text(1001));
    assertThatThrownBy(() -> limited.invert("k", oneMore))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("1000", kind.transformName() + ".limit");
    byte[] twice = Samples.concat(coded, coded);
    assertThatThrownBy(() -> limited.invert("k", twice))
        .hasMessageContaining(kind.transformName() + ".limit");
  }

  @ParameterizedTest
  @EnumSource
  void theRatioCountsOnlyBeyondOneMebibyte(Kind kind) throws IOException {
    ByteTransform limited = kind.transform(1 << 28, 10);
    assertThat(limited.invert("k", kind.format().compress(new byte[MEBIBYTE]))).hasSize(MEBIBYTE);
    byte[] oneMore = kind.format().compress(new byte[MEBIBYTE + 1]);
    assertThatThrownBy(() -> limited.invert("k", oneMore))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(kind.transformName() + ".ratio", "10 times");
  }

  @Test
  void bombsOfHalfAGibibyteAreRefusedInAHeapOf64Mebibytes() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx64m",
                "-cp",
                Paths.path(Paths.REQUIRED, Paths.TESTS, Paths.XZ_JAR, Paths.ZSTD_JAR),
                ReadBombs.class.getName()));
    for (Kind kind : Kind.values()) {
      byte[] part = kind.format().compress(new byte[8 * MEBIBYTE]);
      Path bomb = directory.resolve(kind.transformName());
      Files.write(bomb, Samples.concat(Collections.nCopies(64, part)));
      arguments.add(bomb.toString());
    }
    List<String> lines = OtherJvm.outputOf(arguments);
    for (Kind kind : Kind.values()) {
      String name = kind.transformName();
      assertThat(lines)
          .filteredOn(line -> line.startsWith(name + " fails: "))
          .singleElement()
          .asString()
          .contains(name + ".limit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void countlessEmptyPartsNeitherOverflowTheStackNorStayUnread(Kind kind) throws IOException {
    byte[] empty = kind.transform().apply("k", new byte[0]);
    byte[] last = kind.transform().apply("k", PLAIN);
    byte[] coded = Samples.concat(Samples.concat(Collections.nCopies(20_000, empty)), last);
    assertThat(kind.transform().invert("k", coded)).isEqualTo(PLAIN);
  }

  @Test
  void countlessSkippedChunksOfSnappyDoNotOverflowTheStack() throws IOException {
    byte[] coded = Kind.SNAPPY.transform().apply("k", PLAIN);
    byte[] padding = {(byte) 0xfe, 0, 0, 0};
    byte[] padded = Samples.concat(coded, Samples.concat(Collections.nCopies(50_000, padding)));
    assertThat(Kind.SNAPPY.transform().invert("k", padded)).isEqualTo(PLAIN);
  }

  @Test
  void aStreamOfSnappyWithNothingButAHeaderIsTakenForOneCutShort() throws IOException {
    byte[] foreign = Kind.SNAPPY.stockCompress(PLAIN);
    assertThat(Kind.SNAPPY.transform().invert("k", foreign)).isEqualTo(PLAIN);
    assertRefused(Kind.SNAPPY, Arrays.copyOf(foreign, 10), "nothing but a header");
  }

  @Test
  void chunksOfSnappyThatAreNotOfTheFormatAreRefused() throws IOException {
    byte[] identifier = Arrays.copyOf(Kind.SNAPPY.stockCompress(PLAIN), 10);
    assertRefused(
        Kind.SNAPPY, Samples.concat(identifier, new byte[] {2, 0, 0, 0}), "unknown type 02");
    assertRefused(
        Kind.SNAPPY, Samples.concat(identifier, new byte[] {1, 3, 0, 0, 0, 0, 0}), "no checksum");
    byte[] tooLong = new byte[4 + 4 + (1 << 16) + 1];
    tooLong[0] = 1;
    tooLong[1] = 5;
    tooLong[3] = 1;
    assertRefused(Kind.SNAPPY, Samples.concat(identifier, tooLong), "more than 65536");
    byte[] claimsTwo = {0, 7, 0, 0, 0, 0, 0, 0, 2, 0, 'x'};
    assertRefused(Kind.SNAPPY, Samples.concat(identifier, claimsTwo), "cut short");
    byte[] claimsNone = {0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 'x'};
    assertRefused(Kind.SNAPPY, Samples.concat(identifier, claimsNone), "length that it claims");
  }

  @Test
  void anEmptyBlockOfLz4DoesNotHideWhatFollows() throws IOException {
    byte[] coded = Kind.LZ4.transform().apply("k", PLAIN);
    byte[] header = Arrays.copyOf(coded, 7);
    byte[] rest = Arrays.copyOfRange(coded, 7, coded.length);
    byte[] emptyBlock = {1, 0, 0, 0, 0};
    byte[] blocks = Samples.concat(header, emptyBlock, emptyBlock, rest);
    assertThat(Kind.LZ4.transform().invert("k", blocks)).isEqualTo(PLAIN);
    byte[] noEnd = Samples.concat(header, Arrays.copyOf(rest, rest.length - 8), emptyBlock);
    assertRefused(Kind.LZ4, noEnd, "cut short");
  }

  @Test
  void aSkippableFrameAloneIsNoValue() {
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 'x'};
    assertRefused(Kind.LZ4, skippable, "no frame");
    assertRefused(Kind.ZSTD, skippable, "no frame");
    byte[] beyondTheEnd = {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'x'};
    assertRefused(Kind.LZ4, beyondTheEnd, "skippable frame");
    byte[] negative = {0x50, 0x2a, 0x4d, 0x18, -1, -1, -1, -1, 'x'};
    assertRefused(Kind.LZ4, negative, "skippable frame");
    assertRefused(Kind.ZSTD, negative);
  }

  private static byte[] xzWithDictionary(int bytes) throws IOException {
    LZMA2Options options = new LZMA2Options(0);
    options.setDictSize(bytes);
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(coded, options)) {
      out.write(PLAIN);
    }
    return coded.toByteArray();
  }

  @Test
  void aDictionaryOfXzMayHaveEightMebibytes() throws IOException {
    byte[] usual = xzWithDictionary(8 * MEBIBYTE);
    assertThat(Kind.XZ.transform().invert("k", usual)).isEqualTo(PLAIN);
    assertRefused(Kind.XZ, xzWithDictionary(16 * MEBIBYTE), "memory", "xz.limit", "xz.ratio");
  }

  private static byte[] zstdWithWindow(int log) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(coded).setLong(log)) {
      out.write(PLAIN);
    }
    return coded.toByteArray();
  }

  @Test
  void aWindowOfZstdMayHaveEightMebibytes() throws IOException {
    assertThat(Kind.ZSTD.transform().invert("k", zstdWithWindow(23))).isEqualTo(PLAIN);
    assertRefused(Kind.ZSTD, zstdWithWindow(24), "window", "8192 KiB", "zstd.limit", "zstd.ratio");
  }

  @Test
  void largerDictionariesAndWindowsGoWithLargerValues() throws IOException {
    byte[] xz = Kind.XZ.format().pad(xzWithDictionary(16 * MEBIBYTE), MEBIBYTE);
    assertThat(Kind.XZ.transform().invert("k", xz)).isEqualTo(PLAIN);
    byte[] zstd = Kind.ZSTD.format().pad(zstdWithWindow(24), MEBIBYTE);
    assertThat(Kind.ZSTD.transform().invert("k", zstd)).isEqualTo(PLAIN);
  }

  @Test
  void outputAtTheLimitKeepsToTheAllowedDictionaryOrWindow() throws IOException {
    byte[] plain = new byte[9 * MEBIBYTE];
    ByteTransform xz = CompressTransforms.xz(7, plain.length, 10);
    assertThat(xz.invert("k", xz.apply("k", plain))).hasSize(plain.length);
    ByteTransform zstd = CompressTransforms.zstd(22, plain.length, 10);
    assertThat(zstd.invert("k", zstd.apply("k", plain))).hasSize(plain.length);
  }
}
