package io.jstorage.soak;

/**
 * Records the next step of a worker, and its knowledge after it, for the case that it is killed.
 */
interface Journal {
  Journal NONE = (subject, index, slot) -> {};

  /** The possible values of a slot have changed: a write is about to begin, or has ended. */
  void changed(int subject, int index, Slot slot);
}
