package io.jstorage.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The objects that a pickle may use again, by numbers that it assigns. */
final class Memo {
  private static final Object NOTHING = new Object();

  private final int limit;
  private final int length;
  private @Nullable Object[] entries = new Object[0];
  private int count;

  /**
   * Makes an empty memo.
   *
   * @param limit the most entries
   * @param length the bytes of the pickle: it has no more entries, and no higher number, than that
   */
  Memo(int limit, int length) {
    this.limit = limit;
    this.length = length;
  }

  /** Gives the next number. */
  void add(@Nullable Object object) throws Refusal {
    put(count, object);
  }

  void put(long number, @Nullable Object object) throws Refusal {
    if (number >= limit) {
      throw new Refusal(
          "the pickle numbers an object %d, and the memo has %d at most (pickle.memo)"
              .formatted(number, limit));
    }
    if (number < 0 || number >= length) {
      throw new Refusal("the pickle numbers an object %d".formatted(number));
    }
    int index = (int) number;
    if (index >= entries.length) {
      int before = entries.length;
      long longer = Math.max(number + 1, 2L * before + 16);
      entries = Arrays.copyOf(entries, (int) Math.min(limit, longer));
      Arrays.fill(entries, before, entries.length, NOTHING);
    }
    if (entries[index] == NOTHING) {
      count++;
    }
    entries[index] = object;
  }

  @Nullable Object get(long number) throws Refusal {
    if (number < 0 || number >= entries.length || entries[(int) number] == NOTHING) {
      throw new Refusal("the pickle refers to object %d, which it has not made".formatted(number));
    }
    return entries[(int) number];
  }
}
