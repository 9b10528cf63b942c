package io.jstorage.pickle;

/** The kinds of containers. */
enum Kind {
  LIST,
  TUPLE,
  DICT,
  SET,
  FROZENSET,
  DEQUE
}
