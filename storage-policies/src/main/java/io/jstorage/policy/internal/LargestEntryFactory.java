package io.jstorage.policy.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.policy.LargestEntry;
import io.jstorage.spi.ByteTransformFactory;
import java.util.Set;

/** Makes the transform {@code largest}. */
public final class LargestEntryFactory implements ByteTransformFactory {
  /** For the service loader. */
  public LargestEntryFactory() {}

  @Override
  public String name() {
    return "largest";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LargestEntry.BYTES);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return new LargestEntry(options.get(LargestEntry.BYTES));
  }
}
