package io.jstorage.spi;

/** Whether reading an entry counts as an access to it, for stores that evict by recency. */
public enum Access {
  /** The read counts: the entry becomes the most recently used one. */
  TOUCH,

  /** The read does not count: the order of eviction stays as it is. */
  PEEK
}
