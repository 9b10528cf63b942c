package io.jstorage.testkit;

/**
 * The start of the kit's random choices: the same in every run, unless a system property sets
 * another. A failure names the seed.
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

  /** The seed as a failure shows it. */
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
