package io.jstorage.s3.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartBufferTest {
  private static final int PART = 5 << 20;

  @Test
  void aShortStreamTakesLittleMemory() throws IOException {
    PartBuffer buffer = new PartBuffer(PART);
    buffer.fill(new ByteArrayInputStream(new byte[10]));
    assertThat(buffer.capacity()).as("bytes held for ten").isLessThan(1 << 15);
    assertThat(buffer.isFull()).isFalse();
    assertThat(buffer.payload().length()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, PART - 1, PART, PART + 1, 3 * PART})
  void partsMakeUpTheStream(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    InputStream stream = new ByteArrayInputStream(bytes);
    PartBuffer buffer = new PartBuffer(PART);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    do {
      buffer.fill(stream);
      Payload payload = buffer.payload();
      byte[] part = payload.body().contentStreamProvider().newStream().readAllBytes();
      assertThat(part).hasSize((int) payload.length());
      assertThat(payload.crc32()).isEqualTo(Payload.of(part).crc32());
      all.write(part);
    } while (buffer.isFull());
    assertThat(all.toByteArray()).isEqualTo(bytes);
    assertThat(buffer.capacity()).isLessThanOrEqualTo(PART);
  }

  @Test
  void tenThousandPartsMakeAnObjectOfTebibytes() {
    long all = 0;
    for (int number = 1; number <= 10_000; number++) {
      int length = PartSizes.of(number);
      assertThat(length).isGreaterThanOrEqualTo(PART);
      all += length;
    }
    assertThat(all).isGreaterThan(3L << 40);
    assertThat(PartSizes.ofFile(8 << 20, 5L << 40) * 10_000).isGreaterThanOrEqualTo(5L << 40);
    assertThat(PartSizes.ofFile(8 << 20, 20 << 20)).isEqualTo(8 << 20);
  }
}
