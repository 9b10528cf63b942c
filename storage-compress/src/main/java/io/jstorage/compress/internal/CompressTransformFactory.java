package io.jstorage.compress.internal;

import io.jstorage.Option;
import io.jstorage.compress.CompressTransforms;
import io.jstorage.spi.ByteTransformFactory;

/** The options that all transforms of this module take, which are those of gzip. */
abstract class CompressTransformFactory implements ByteTransformFactory {
  private final String name;
  final Option<Integer> limit;
  final Option<Integer> ratio;

  CompressTransformFactory(String name) {
    this.name = name;
    this.limit =
        Option.integer(name + ".limit")
            .describedAs("The most bytes of one value when it is not compressed.")
            .where(bytes -> bytes > 0, "at least 1")
            .withDefault(CompressTransforms.DEFAULT_LIMIT);
    this.ratio =
        Option.integer(name + ".ratio")
            .describedAs("The most times that compressed bytes may grow beyond 1 MiB.")
            .where(
                times -> times >= CompressTransforms.MIN_RATIO,
                "at least " + CompressTransforms.MIN_RATIO)
            .withDefault(CompressTransforms.DEFAULT_RATIO);
  }

  static Option<Integer> level(String name, int from, int to, int usual) {
    return Option.integer(name + ".level")
        .describedAs("How hard to compress.")
        .where(
            level -> level >= from && level <= to,
            "from %d (fast) to %d (small)".formatted(from, to))
        .withDefault(usual);
  }

  @Override
  public final String name() {
    return name;
  }
}
