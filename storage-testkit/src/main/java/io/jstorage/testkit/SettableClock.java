package io.jstorage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that advances only when it is set. Thread-safe. */
public final class SettableClock implements InstantSource {
  private volatile Instant now;

  /** Makes a clock that shows the first moment of 2026 in UTC. */
  public SettableClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * Makes a clock.
   *
   * @param start what it shows
   */
  public SettableClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Sets the clock, forwards or backwards.
   *
   * @param instant what it shows from now on
   */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /**
   * Moves the clock on.
   *
   * @param duration how far; a negative one turns it back
   */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public String toString() {
    return "SettableClock[" + now + "]";
  }
}
