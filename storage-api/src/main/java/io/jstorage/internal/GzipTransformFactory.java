package io.jstorage.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Transforms;
import io.jstorage.spi.ByteTransformFactory;
import java.util.Set;

/** The transform {@code gzip}. */
public final class GzipTransformFactory implements ByteTransformFactory {
  private static final Option<Integer> LEVEL =
      Option.integer("gzip.level")
          .describedAs("How hard to compress.")
          .where(level -> level >= 0 && level <= 9, "from 0 (not at all) to 9 (most)")
          .withDefault(Transforms.DEFAULT_GZIP_LEVEL);

  private static final Option<Integer> LIMIT =
      Option.integer("gzip.limit")
          .describedAs("The most bytes of one value when it is not compressed.")
          .where(limit -> limit > 0, "at least 1")
          .withDefault(Transforms.DEFAULT_GZIP_LIMIT);

  private static final Option<Integer> RATIO =
      Option.integer("gzip.ratio")
          .describedAs("The most times that compressed bytes may grow beyond 1 MiB.")
          .where(
              ratio -> ratio >= Transforms.MIN_GZIP_RATIO, "at least " + Transforms.MIN_GZIP_RATIO)
          .withDefault(Transforms.DEFAULT_GZIP_RATIO);

  /** For the service loader. */
  public GzipTransformFactory() {}

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LEVEL, LIMIT, RATIO);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return Transforms.gzip(options.get(LEVEL), options.get(LIMIT), options.get(RATIO));
  }
}
