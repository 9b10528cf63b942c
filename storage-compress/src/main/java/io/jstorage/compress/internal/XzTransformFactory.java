package io.jstorage.compress.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.compress.CompressTransforms;
import java.util.Set;

/** The transform {@code xz}. */
public final class XzTransformFactory extends CompressTransformFactory {
  private static final Option<Integer> LEVEL =
      level("xz", 0, 9, CompressTransforms.DEFAULT_XZ_LEVEL);

  /** For the service loader. */
  public XzTransformFactory() {
    super("xz");
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LEVEL, limit, ratio);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return CompressTransforms.xz(options.get(LEVEL), options.get(limit), options.get(ratio));
  }
}
