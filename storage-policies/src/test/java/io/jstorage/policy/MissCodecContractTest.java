package io.jstorage.policy;

import io.jstorage.Codec;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.CodecContract;
import io.jstorage.testkit.Detects;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class MissCodecContractTest extends CodecContract<Optional<byte[]>> {
  @Override
  protected Codec<Optional<byte[]>> codec() {
    return RememberedMisses.codec(Codecs.bytes());
  }

  @Override
  protected List<Optional<byte[]>> samples() {
    return List.of(
        Optional.empty(),
        Optional.of(new byte[0]),
        Optional.of(new byte[1]),
        Optional.of(new byte[2]),
        Optional.of(new byte[] {0, 1}),
        Optional.of(new byte[] {1, 0}));
  }

  @Override
  protected Set<Detects> detects() {
    return Set.of();
  }

  @Override
  protected List<byte[]> refusedBytes() {
    return List.of(new byte[] {0, 1}, new byte[] {0, 65, 66});
  }

  @Override
  protected boolean areEqual(Optional<byte[]> one, Optional<byte[]> other) {
    return Arrays.equals(one.orElse(null), other.orElse(null));
  }
}
