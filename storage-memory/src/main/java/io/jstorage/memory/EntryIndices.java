package io.jstorage.memory;

/** A limited number of indices, each of one entry of a {@link LruTable} at a time. */
final class EntryIndices {
  /** The index of an entry that has none. */
  static final int NONE = 0;

  /** Those up to the last one that are of no entry. */
  private final int[] free;

  private int freeCount;
  private int last = NONE;

  /** Makes so many. */
  EntryIndices(int number) {
    this.free = new int[number];
  }

  /** Takes one, if there is one left. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    return last < free.length ? ++last : NONE;
  }

  void release(int index) {
    if (index != NONE) {
      free[freeCount++] = index;
    }
  }

  void releaseAll() {
    freeCount = 0;
    last = NONE;
  }
}
