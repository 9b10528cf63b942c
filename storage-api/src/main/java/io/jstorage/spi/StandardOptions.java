package io.jstorage.spi;

import io.jstorage.Option;
import io.jstorage.Storage;
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

  /** {@code statistics}: whether {@link io.jstorage.Statistics} are counted; false by default. */
  public static final Option<Boolean> STATISTICS =
      Option.flag("statistics")
          .describedAs("Whether hits, misses, evictions and other figures are counted.")
          .withDefault(false);

  private StandardOptions() {}

  /**
   * Makes an option that names another storage, which {@link StorageSpec#inFrontOf} opens.
   *
   * @param name the name
   * @return an option that takes a {@link Storage}, which is borrowed and must hold values of the
   *     same type, or a service name or URL, which is opened and closed with the policy
   */
  public static Option<Object> storage(String name) {
    return Option.object(name, Object.class)
        .where(
            given -> given instanceof Storage || given instanceof String,
            "a Storage, a service name or a URL");
  }
}
