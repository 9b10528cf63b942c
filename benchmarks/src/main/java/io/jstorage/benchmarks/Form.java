package io.jstorage.benchmarks;

/** How long is measured. */
public enum Form {
  /** Shows that everything runs; its figures mean nothing. */
  TRIAL(1, 50, 1, 50),
  /** All of the plan within a quarter of an hour on two cores. */
  SHORT(1, 300, 4, 200),
  /** With a second turn for what something is wanted of. */
  MEDIUM(2, 300, 3, 200),
  /** For a table that is to be published. */
  FULL(5, 3000, 5, 1000);

  /** How often the subjects of a comparison take turns. */
  final int rounds;

  final int warmupMillis;
  final int windows;
  final int windowMillis;

  Form(int rounds, int warmupMillis, int windows, int windowMillis) {
    this.rounds = rounds;
    this.warmupMillis = warmupMillis;
    this.windows = windows;
    this.windowMillis = windowMillis;
  }
}
