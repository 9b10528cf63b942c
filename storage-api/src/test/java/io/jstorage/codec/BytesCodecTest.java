package io.jstorage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Codec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BytesCodecTest {
  private final Codec<byte[]> codec = Codecs.bytes();

  @Test
  void keepsBytesAsTheyAre() throws IOException {
    for (byte[] value : new byte[][] {{}, {0}, {1, -1, 0, 127, -128}}) {
      assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void changingAnArrayAfterPuttingItChangesNothingInAStoreThatKeepsIt() throws IOException {
    byte[] value = {1, 2, 3};
    byte[] kept = codec.encode(value);
    value[0] = 9;
    assertThat(kept).containsExactly(1, 2, 3);
  }

  @Test
  void changingAnArrayAfterGettingItChangesNothingInAStoreThatKeepsIt() throws IOException {
    byte[] kept = {1, 2, 3};
    codec.decode(kept)[0] = 9;
    assertThat(kept).containsExactly(1, 2, 3);
  }

  @Test
  void itsContentTypeIsThatOfArbitraryBytes() {
    assertThat(codec.contentType()).isEqualTo("application/octet-stream");
  }
}
