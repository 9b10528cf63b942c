package io.jstorage.jdk.internal;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.spi.ByteTransformFactory;
import java.util.Set;

/**
 * The transform {@code gzip}. Its options are made when they are asked for, as every provider loads
 * it.
 */
public final class GzipTransformFactory implements ByteTransformFactory {
  /** For the service loader. */
  public GzipTransformFactory() {}

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(level(), limit(), ratio());
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return GzipTransform.of(options.get(level()), options.get(limit()), options.get(ratio()));
  }

  private static Option<Integer> level() {
    return Option.integer("gzip.level")
        .describedAs("How hard to compress.")
        .where(level -> level >= 0 && level <= 9, "from 0 (not at all) to 9 (most)")
        .withDefault(GzipTransform.DEFAULT_LEVEL);
  }

  private static Option<Integer> limit() {
    return Option.integer("gzip.limit")
        .describedAs("The most bytes of one value when it is not compressed.")
        .where(limit -> limit > 0, "at least 1")
        .withDefault(GzipTransform.DEFAULT_LIMIT);
  }

  private static Option<Integer> ratio() {
    return Option.integer("gzip.ratio")
        .describedAs("The most times that compressed bytes may grow beyond 1 MiB.")
        .where(ratio -> ratio >= GzipTransform.MIN_RATIO, "at least " + GzipTransform.MIN_RATIO)
        .withDefault(GzipTransform.DEFAULT_RATIO);
  }
}
