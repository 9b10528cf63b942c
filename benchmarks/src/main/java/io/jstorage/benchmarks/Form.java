package io.jstorage.benchmarks;

/** How long is measured. */
enum Form {
  /** Shows that everything runs; its figures mean nothing, and are not published. */
  TRIAL(1, 50, 1, 50),
  /** One comparison within a minute or two. */
  SHORT(1, 300, 4, 200),
  /** With a second turn, of three windows. */
  MEDIUM(2, 300, 3, 200),
  /** For hours of a machine that has nothing else to do. */
  FULL(5, 3000, 5, 1000);

  /** How often the subjects of a comparison take turns. */
  final int turns;

  final int warmupMillis;
  final int windows;
  final int windowMillis;

  Form(int turns, int warmupMillis, int windows, int windowMillis) {
    this.turns = turns;
    this.warmupMillis = warmupMillis;
    this.windows = windows;
    this.windowMillis = windowMillis;
  }
}
