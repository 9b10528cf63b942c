package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Container;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a pickle has made and not yet put anywhere, with marks at the beginning of
 * groups.
 */
final class Stack {
  private final Limits limits;
  private final ArrayList<@Nullable Object> objects = new ArrayList<>();
  private int[] marks = new int[16];
  private int marked;
  private long parts;

  Stack(Limits limits) {
    this.limits = limits;
  }

  void push(@Nullable Object object) throws Refusal {
    if (objects.size() >= limits.stack()) {
      throw limits.tooManyElements();
    }
    objects.add(object);
  }

  void mark() throws Refusal {
    // Marks without anything between them are no elements, but nothing needs many of them.
    if (marked > limits.stack()) {
      throw limits.tooManyElements();
    }
    if (marked == marks.length) {
      marks = Arrays.copyOf(marks, 2 * marked);
    }
    marks[marked++] = objects.size();
  }

  /** The objects above the last mark may be taken one by one, those below it may not. */
  private int bottom() {
    return marked == 0 ? 0 : marks[marked - 1];
  }

  @Nullable Object pop() throws Refusal {
    if (objects.size() <= bottom()) {
      throw empty();
    }
    return objects.remove(objects.size() - 1);
  }

  @Nullable Object top() throws Refusal {
    if (objects.size() <= bottom()) {
      throw empty();
    }
    return objects.get(objects.size() - 1);
  }

  /** Takes the last object or, where there is none above the last mark, that mark. */
  void drop() throws Refusal {
    if (marked > 0 && objects.size() == bottom()) {
      marked--;
    } else {
      pop();
    }
  }

  /** Takes the last objects, in the order in which they came. */
  List<@Nullable Object> pop(int count) throws Refusal {
    if (objects.size() - count < bottom()) {
      throw empty();
    }
    return take(objects.size() - count);
  }

  /** Takes the last mark and what came after it. */
  List<@Nullable Object> popToMark() throws Refusal {
    if (marked == 0) {
      throw new Refusal("the pickle takes a group of objects that it has not begun");
    }
    return take(marks[--marked]);
  }

  private List<@Nullable Object> take(int from) throws Refusal {
    List<@Nullable Object> above = objects.subList(from, objects.size());
    List<@Nullable Object> taken = new ArrayList<>(above);
    above.clear();
    count(taken.size());
    return taken;
  }

  /** Counts what is put into something else. */
  private void count(int moved) throws Refusal {
    parts += moved;
    if (parts > limits.parts()) {
      throw limits.tooManyElements();
    }
  }

  /** Puts what was taken into the container that is on top now. */
  void append(Kind kind, List<@Nullable Object> taken) throws Refusal {
    Object target = top();
    if (target instanceof Container container && container.kind == kind) {
      container.append(taken);
    } else if (target instanceof Call call && kind == kindOf(call)) {
      call.append(taken);
    } else {
      throw new Refusal("the pickle adds elements to something that has none");
    }
  }

  /** The kind of container that a call makes, or null if it makes none. */
  private static @Nullable Kind kindOf(Call call) {
    return switch (call.function) {
      case DEQUE -> Kind.LIST;
      case ORDERED_DICT, DEFAULT_DICT -> Kind.DICT;
      default -> null;
    };
  }

  /** The one object that is left at the end. */
  @Nullable Object last() throws Refusal {
    Object last = pop();
    if (!objects.isEmpty() || marked > 0) {
      throw new Refusal("the pickle ends with objects that it does not use");
    }
    return last;
  }

  private static Refusal empty() {
    return new Refusal("the pickle takes an object that it has not made");
  }
}
