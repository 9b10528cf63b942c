package io.jstorage.policy;

import io.jstorage.ByteTransform;
import io.jstorage.testkit.ByteTransformContract;
import io.jstorage.testkit.Detects;
import java.util.List;
import java.util.Set;

class LargestEntryContractTest extends ByteTransformContract {
  @Override
  protected ByteTransform transform() {
    return new LargestEntry(10_000);
  }

  @Override
  protected Set<Detects> detects() {
    return Set.of();
  }

  @Override
  protected List<byte[]> refusedBytes() {
    return List.of(new byte[10_001], new byte[1 << 20]);
  }
}
