package io.jstorage.compress.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.compress.CompressTransforms;
import java.util.Set;

/** The transform {@code snappy}. */
public final class SnappyTransformFactory extends CompressTransformFactory {
  /** For the service loader. */
  public SnappyTransformFactory() {
    super("snappy");
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(limit, ratio);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return CompressTransforms.snappy(options.get(limit), options.get(ratio));
  }
}
