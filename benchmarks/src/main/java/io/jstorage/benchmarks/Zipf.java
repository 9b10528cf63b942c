package io.jstorage.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers that come up in inverse proportion to their rank, by inversion of the distribution. */
public final class Zipf {
  private Zipf() {}

  /** Draws some of so many ranks, the first of which comes up most often. */
  public static int[] draw(SplittableRandom random, int ranks, int count) {
    double[] upTo = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int at = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      drawn[i] = Math.min(at < 0 ? -at - 1 : at, ranks - 1);
    }
    return drawn;
  }
}
