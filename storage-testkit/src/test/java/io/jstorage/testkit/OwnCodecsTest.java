package io.jstorage.testkit;

import io.jstorage.Codec;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The codecs of the API, which the kit itself depends on. */
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
}
