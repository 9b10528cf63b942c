package io.jstorage.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a pickle makes of other things, before it is turned into Java. It may be used more
 * than once, and may contain itself, so it remembers what it has been turned into.
 */
abstract class Node {
  /** What it is in Java, once that is known. */
  @Nullable Object value;

  /** True while its elements are turned into Java: whoever meets it then has found a cycle. */
  boolean open;

  /** How many elements there are in it, itself and what is shared counted each time. */
  int size;

  /** How many containers are within one another, itself counted. */
  int depth;

  /** What has elements. */
  static final class Container extends Node {
    enum Kind {
      LIST,
      TUPLE,
      DICT,
      SET,
      FROZENSET
    }

    final Kind kind;

    /** The elements; of a dict each key and after it its value. */
    final List<@Nullable Object> items;

    Container(Kind kind) {
      this(kind, new ArrayList<>(0));
    }

    Container(Kind kind, List<@Nullable Object> items) {
      this.kind = kind;
      this.items = items;
    }
  }

  /** The call of an allowed name. */
  static final class Call extends Node {
    final Allowed function;
    final List<@Nullable Object> arguments;

    /** What was added after the call, as to a {@link Container}. */
    final List<@Nullable Object> items = new ArrayList<>(0);

    /** What the object was told to be after it was made. */
    @Nullable Container state;

    Call(Allowed function, List<@Nullable Object> arguments) {
      this.function = function;
      this.arguments = arguments;
    }
  }

  /** A str of Python 2: text or bytes, which only the use of it tells. */
  static final class Python2String {
    final byte[] bytes;

    Python2String(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
