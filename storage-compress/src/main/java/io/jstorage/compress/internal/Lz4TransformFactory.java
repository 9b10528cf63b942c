package io.jstorage.compress.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.compress.CompressTransforms;
import java.util.Set;

/** The transform {@code lz4}. */
public final class Lz4TransformFactory extends CompressTransformFactory {
  /** For the service loader. */
  public Lz4TransformFactory() {
    super("lz4");
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(limit, ratio);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return CompressTransforms.lz4(options.get(limit), options.get(ratio));
  }
}
