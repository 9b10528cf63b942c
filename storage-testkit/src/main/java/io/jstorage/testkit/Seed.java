package io.jstorage.testkit;

/**
 * Where the random choices of the kit start: the same in every run, unless a system property says
 * otherwise. A failure names the seed.
 */
final class Seed {
  static final String PROPERTY = "jstorage.testkit.seed";
  private static final long DEFAULT = 20_260_101;

  private Seed() {}

  static long get() {
    long seed = number(PROPERTY, DEFAULT);
    Trace.ofThread().uses(seed);
    return seed;
  }

  /** What a failure says about it. */
  static String shown(long seed) {
    return "seed %d, set by -D%s=%d".formatted(seed, PROPERTY, seed);
  }

  static long number(String property, long otherwise) {
    String text = System.getProperty(property);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the system property %s is a number, not '%s'".formatted(property, text), e);
    }
  }
}
