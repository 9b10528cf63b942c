package io.jstorage.spi;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parameters of a write besides its key and value. Immutable. */
public final class WriteOptions {
  /** No condition, and the store's own expiration. */
  public static final WriteOptions NONE = new WriteOptions(Condition.NONE, null);

  /** Only if there is no entry, and the store's own expiration. */
  public static final WriteOptions IF_ABSENT = new WriteOptions(Condition.ABSENT, null);

  private final Condition condition;
  private final @Nullable Duration ttl;

  private WriteOptions(Condition condition, @Nullable Duration ttl) {
    this.condition = condition;
    this.ttl = ttl;
  }

  /**
   * Returns these options with another condition.
   *
   * @param condition the state that the entry must have
   * @return the options
   */
  public WriteOptions onlyIf(Condition condition) {
    return new WriteOptions(Objects.requireNonNull(condition, "condition"), ttl);
  }

  /**
   * Returns these options with a time to live.
   *
   * @param ttl how long the value lives, positive
   * @return the options
   */
  public WriteOptions expiringAfter(Duration ttl) {
    return new WriteOptions(condition, Objects.requireNonNull(ttl, "ttl"));
  }

  /**
   * Returns the condition of the write.
   *
   * @return the condition; always {@link Condition#NONE} for a store that is not {@link
   *     io.jstorage.Capability#ATOMIC}
   */
  public Condition condition() {
    return condition;
  }

  /**
   * Returns how long the value lives from the end of the write.
   *
   * @return a positive duration, or null for the store's own expiration; always null for a store
   *     without {@link io.jstorage.Capability#EXPIRY}
   */
  public @Nullable Duration ttl() {
    return ttl;
  }

  /**
   * Returns the deadline of the value.
   *
   * @param now the end of the write, by the store's clock
   * @return the first instant at which the value no longer exists, {@link Instant#MAX} where that
   *     is beyond all instants; null without a time to live
   */
  public @Nullable Instant deadline(Instant now) {
    try {
      return ttl == null ? null : now.plus(ttl);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  @Override
  public String toString() {
    return ttl == null ? condition.toString() : condition + ", for " + ttl;
  }
}
