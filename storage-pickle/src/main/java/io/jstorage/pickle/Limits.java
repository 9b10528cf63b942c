package io.jstorage.pickle;

/**
 * How much a pickle may be and make, in both directions.
 *
 * @param bytes the most bytes of a pickle
 * @param depth the most containers within one another
 * @param elements the most elements of a value, shared ones counted each time
 * @param memo the most entries of the memo, by which a pickle refers to what it has made
 */
record Limits(int bytes, int depth, int elements, int memo) {
  /** 4 300 digits: as Python's own limit for the text of an int, whose cost is quadratic. */
  static final int MAX_DIGITS = 4_300;

  /** The most bits of a number of 4 300 digits. */
  static final int MAX_BITS = 14_285;

  /** No element takes more steps than 16 to be made, by whatever protocol. */
  private static final int MOST_PARTS = 16;

  /** The most objects that a pickle may put into containers and arguments while it is read. */
  long parts() {
    return (long) MOST_PARTS * elements + MOST_PARTS;
  }

  /** The most objects that may wait on the stack: elements, and what makes one at each level. */
  long stack() {
    return (long) elements + (long) MOST_PARTS * (depth + 1);
  }

  Refusal tooManyBytes() {
    return new Refusal("the pickle has more than %d bytes (pickle.limit)".formatted(bytes));
  }

  Refusal tooDeep() {
    return new Refusal(
        "the value has more than %d containers within one another (pickle.depth)".formatted(depth));
  }

  Refusal tooManyElements() {
    return new Refusal(
        "the value has more than %d elements, shared ones counted each time (pickle.elements)"
            .formatted(elements));
  }
}
