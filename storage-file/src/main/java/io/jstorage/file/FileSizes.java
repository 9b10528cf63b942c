package io.jstorage.file;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sizes of a store's files, and those files that must be looked at to know them. */
final class FileSizes {
  private final Map<String, Long> known = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private long sum;

  /** There is no such file any more. */
  void remove(String name) {
    Long bytes = known.remove(name);
    if (bytes == null) {
      unknown.remove(name);
    } else {
      sum -= bytes;
    }
  }

  /** A file is new, or has another size than before. */
  void change(String name) {
    remove(name);
    unknown.add(name);
  }

  void set(String name, long bytes) {
    remove(name);
    known.put(name, bytes);
    sum += bytes;
  }

  /** The files whose sizes are not known; a copy. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  /** The size of a file, as far as it is known. */
  long of(String name) {
    return known.getOrDefault(name, 0L);
  }

  /** The size of all files together, as far as it is known. */
  long sum() {
    return sum;
  }
}
