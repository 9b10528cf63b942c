package io.jstorage.soak;

/** Who is told what a worker is about to do, and what it then knows; for when it is killed. */
interface Journal {
  Journal NONE = (subject, index, slot) -> {};

  /** What may be in a slot has changed: a write is about to begin, or has ended. */
  void changed(int subject, int index, Slot slot);
}
