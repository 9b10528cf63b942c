package io.jstorage.spi;

import io.jstorage.Option;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Options that mean the same wherever they are taken. */
public final class StandardOptions {
  /** {@code codec}: the name of the codec. Taken by every byte-backed service. */
  public static final Option<String> CODEC =
      Option.text("codec").describedAs("How values become bytes, such as json, text, bytes.");

  /** {@code transforms}: the names of the transforms. Taken by every byte-backed service. */
  public static final Option<List<String>> TRANSFORMS =
      Option.texts("transforms")
          .describedAs("Steps between codec and store, such as gzip, in the order of writing.");

  /** {@code expiration}: how long entries live; without a default. */
  public static final Option<Duration> EXPIRATION =
      Option.duration("expiration").describedAs("How long an entry lives after it was written.");

  /** {@code clock}: the source of the current time; the system's by default. */
  public static final Option<InstantSource> CLOCK =
      Option.object("clock", InstantSource.class)
          .describedAs("The source of the current time.")
          .withDefault(InstantSource.system());

  private StandardOptions() {}
}
