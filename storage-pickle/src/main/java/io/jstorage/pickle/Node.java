package io.jstorage.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a pickle makes of other things, before it is turned into Java. It may be used more
 * than once, and may contain itself, so it remembers what it has been turned into.
 */
abstract class Node {
  /** Its value in Java, once that is known. */
  @Nullable Object value;

  /** True while its elements are turned into Java: meeting it again then is a cycle. */
  boolean open;

  /** How many elements there are in it, itself and what is shared counted each time. */
  int size = 1;

  /** How many containers are within one another, itself counted. */
  int depth;

  /** The kind of container that it is, or null if that is not known yet, or never. */
  @Nullable Kind kind;

  /** The items that were put into it; of a dict each key and after it its value. */
  List<@Nullable Object> items = List.of();

  /** Adds items, and takes their list over. */
  final void append(List<@Nullable Object> more) {
    // A pickle of empty containers should not take the memory of full ones.
    if (items.isEmpty()) {
      items = more;
    } else {
      items.addAll(more);
    }
  }

  /** A container that has instructions of its own. */
  static final class Container extends Node {
    Container(Kind kind) {
      this.kind = kind;
    }

    Container(Kind kind, List<@Nullable Object> items) {
      this.kind = kind;
      append(items);
    }
  }

  /** The call of an allowed name, and what was added to its result. */
  static final class Call extends Node {
    final Allowed function;
    final List<@Nullable Object> arguments;

    /** The state that the object was given after it was made. */
    @Nullable Container state;

    Call(Allowed function, List<@Nullable Object> arguments) {
      this.function = function;
      this.arguments = arguments;
    }

    Refusal wrong() {
      return new Refusal("%s is not called as Python writes it".formatted(function));
    }
  }

  /** A str of Python 2: text or bytes, which only its use decides. */
  static final class Python2String {
    final byte[] bytes;

    /** Its value in Java if it is no argument, once that is known. */
    @Nullable Object value;

    Python2String(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
