package io.jstorage.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that an object has so far. Most objects have few, which are compared one by one: that
 * costs less than Jackson's own set.
 */
final class WrittenNames {
  private static final int FEW = 16;
  private static final String[] NONE = {};

  /** Those of the object around; null outermost. */
  private final @Nullable WrittenNames outer;

  private @Nullable WrittenNames inner;
  private String[] names = NONE;
  private int count;

  /** All names, as soon as there are many. */
  private @Nullable Set<String> many;

  WrittenNames(@Nullable WrittenNames outer) {
    this.outer = outer;
  }

  /** Begins an object inside, and returns its names. */
  WrittenNames begin() {
    WrittenNames names = inner;
    if (names == null) {
      names = new WrittenNames(this);
      inner = names;
    }
    return names.clear();
  }

  /** Forgets all names, for another object in the same place. */
  WrittenNames clear() {
    count = 0;
    many = null;
    return this;
  }

  /** Ends this object, and returns the names of the one around; null outermost. */
  @Nullable WrittenNames end() {
    return outer;
  }

  /** Adds a name; false if it is there already. */
  boolean add(String name) {
    if (many != null) {
      return many.add(name);
    }
    int hash = name.hashCode();
    for (int i = 0; i < count; i++) {
      if (names[i].hashCode() == hash && names[i].equals(name)) {
        return false;
      }
    }
    if (count == FEW) {
      many = new HashSet<>(Arrays.asList(names));
      return many.add(name);
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, count == 0 ? FEW / 2 : FEW);
    }
    names[count++] = name;
    return true;
  }
}
