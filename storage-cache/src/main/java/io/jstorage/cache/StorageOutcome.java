package io.jstorage.cache;

import java.util.Locale;

/** How an operation of a storage ended. */
public enum StorageOutcome {
  /** There was a value. */
  HIT,

  /** There was no value. */
  MISS,

  /** It did what it was asked for. */
  DONE,

  /** It changed nothing: a condition did not hold, or there was nothing to remove. */
  UNCHANGED,

  /** It threw an exception, or some keys of a batch failed. */
  FAILED;

  /**
   * Returns the name of the outcome.
   *
   * @return the name in lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
