package io.jstorage.cli.copy;

import io.jstorage.StorageException;
import io.jstorage.cli.terminal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The outcome for an entry.
 *
 * @param kind what it was
 * @param reason why, for one that failed
 * @param away whether it failed as a storage cannot be reached
 */
public record Outcome(Kind kind, @Nullable String reason, boolean away) {
  /** The outcomes for an entry. */
  public enum Kind {
    /** It was written, and was read back equal; without a trial run. */
    WRITTEN,
    /** The target had it already. */
    SAME,
    /** The target had another one, which was to be kept. */
    KEPT,
    /** It expired on the way. */
    EXPIRED,
    /** It was removed from the source after it had been listed. */
    GONE,
    /** It could not be read, written, or read back. */
    FAILED
  }

  public static Outcome of(Kind kind) {
    return new Outcome(kind, null, false);
  }

  public static Outcome failed(StorageException failure) {
    return new Outcome(Kind.FAILED, Texts.message(failure), Outage.saysAway(failure, 1));
  }

  public static Outcome failed(String reason) {
    return new Outcome(Kind.FAILED, reason, false);
  }
}
