package io.jstorage.s3.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartBufferTest {
  private static final int PART = 8 << 20;

  @Test
  void aShortStreamTakesLittleMemory() throws IOException {
    PartBuffer buffer = new PartBuffer();
    buffer.fill(new ByteArrayInputStream(new byte[10]), PART);
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
    PartBuffer buffer = new PartBuffer();
    int position = 0;
    do {
      buffer.fill(stream, PART);
      byte[] part = buffer.payload().body().contentStreamProvider().newStream().readAllBytes();
      assertThat(part)
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, position, position + part.length));
      position += part.length;
    } while (buffer.isFull());
    assertThat(position).isEqualTo(length);
    assertThat(buffer.capacity()).isLessThanOrEqualTo(PART);
  }
}
