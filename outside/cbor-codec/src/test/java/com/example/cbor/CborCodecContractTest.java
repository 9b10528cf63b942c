package com.example.cbor;

import io.jstorage.Codec;
import io.jstorage.testkit.CodecContract;
import io.jstorage.testkit.Detects;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contract of all codecs: damaged bytes are a value or an IOException, and cost little. */
class CborCodecContractTest extends CodecContract<Object> {
  @Override
  protected Codec<Object> codec() {
    return CborCodec.of(Object.class);
  }

  @Override
  protected List<Object> samples() {
    return List.of(
        "",
        -70_000,
        List.of(1, 1.5, "text", true, List.of()),
        Map.of("bytes", List.of(new byte[] {1, 2}, new byte[100])),
        BigInteger.TWO.pow(100));
  }

  @Override
  protected boolean areEqual(Object one, Object other) {
    return shown(one).equals(shown(other));
  }

  /** Arrays within lists and maps compare by what is in them. */
  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CborCodecContractTest::shown).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder();
      map.forEach((key, each) -> text.append(key).append('=').append(shown(each)).append(';'));
      return text.toString();
    }
    return value.getClass().getSimpleName() + " " + value;
  }

  @Override
  protected Set<Detects> detects() {
    return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES);
  }

  @Override
  protected Set<Class<? extends Exception>> failures() {
    return Set.of(IOException.class);
  }

  @Override
  protected List<Object> refusedValues() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    return List.of(
        itself,
        Optional.empty(),
        new Object(),
        BigInteger.TWO.pow(100_000),
        Map.of("n".repeat(60_000), 1));
  }

  @Override
  protected List<byte[]> refusedBytes() {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 0x81);
    return List.of(
        new byte[0],
        deep,
        new byte[] {0x5a, 0x7f, -1, -1, -1, 0}, // 2 GiB of bytes of which there is one
        new byte[] {(byte) 0x9a, 0x7f, -1, -1, -1, 1}, // of elements
        new byte[] {0x7a, 0x7f, -1, -1, -1, 0x61}); // of text
  }
}
