package io.jstorage.compress.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.compress.CompressTransforms;
import java.util.Set;

/** The transform {@code zstd}. */
public final class ZstdTransformFactory extends CompressTransformFactory {
  private static final Option<Integer> LEVEL =
      level("zstd", 1, 22, CompressTransforms.DEFAULT_ZSTD_LEVEL);

  /** For the service loader. */
  public ZstdTransformFactory() {
    super("zstd");
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LEVEL, limit, ratio);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return CompressTransforms.zstd(options.get(LEVEL), options.get(limit), options.get(ratio));
  }
}
