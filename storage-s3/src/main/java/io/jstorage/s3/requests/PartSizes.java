package io.jstorage.s3.requests;

/** How long the parts of an upload are. S3 takes 10 000 of them, all but the last from 5 MiB on. */
public final class PartSizes {
  private static final int FIRST_BYTES = 5 << 20;
  private static final int PARTS_OF_A_SIZE = 1_000;
  private static final int MOST_DOUBLINGS = 8;
  private static final int MAX_PARTS = 10_000;

  private PartSizes() {}

  /**
   * The length of a part of a stream whose length is not known, and which is held in memory: 5 MiB,
   * doubled after each 1 000 parts up to 1.25 GiB, which makes 3.6 TiB.
   */
  public static int of(int number) {
    return FIRST_BYTES << Math.min((number - 1) / PARTS_OF_A_SIZE, MOST_DOUBLINGS);
  }

  /** The length of the parts of a file: as long as is usual, or as it takes. */
  public static long ofFile(long usual, long length) {
    return Math.max(usual, (length + MAX_PARTS - 1) / MAX_PARTS);
  }
}
