package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Container;
import io.jstorage.pickle.Node.Python2String;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a pickle has made into Java. What is shared there is shared here. It calls itself once
 * a level, which the limit on depth bounds.
 */
final class JavaValues {
  private final Limits limits;
  private final Python2Strings strings;

  JavaValues(Limits limits, Python2Strings strings) {
    this.limits = limits;
    this.strings = strings;
  }

  @Nullable Object of(@Nullable Object made) throws Refusal {
    return of(made, 0);
  }

  private @Nullable Object of(@Nullable Object made, int level) throws Refusal {
    if (made instanceof Node node) {
      return ofNode(node, level);
    }
    if (made instanceof Python2String string) {
      return strings.read(string.bytes);
    }
    if (made instanceof Allowed name) {
      throw new Refusal("%s is a type or function of Python and no data".formatted(name));
    }
    return made;
  }

  private Object ofNode(Node node, int level) throws Refusal {
    if (node.value == null) {
      if (node.open) {
        throw new Refusal("the value contains itself");
      }
      node.open = true;
      node.size = 1;
      node.value =
          node instanceof Container container
              ? ofContainer(container, level)
              : ofCall((Call) node, level);
    }
    if (level + node.depth > limits.depth()) {
      throw limits.tooDeep();
    }
    return node.value;
  }

  private Object ofContainer(Container container, int level) throws Refusal {
    return switch (container.kind) {
      case LIST -> list(container, container.items, level);
      case TUPLE -> new Tuple(elements(container, container.items, level));
      case DICT -> dict(container, container.items, level);
      case SET -> set(container, container.items, level);
      case FROZENSET -> frozenSet(container, container.items, level);
    };
  }

  private Object ofCall(Call call, int level) throws Refusal {
    return switch (call.function) {
      case SET -> set(call, argument(call), level);
      case FROZENSET -> frozenSet(call, argument(call), level);
      case DEQUE -> deque(call, level);
      case ORDERED_DICT -> dict(call, orderedItems(call), level);
      case COUNTER -> dict(call, counted(call), level);
      case DEFAULT_DICT -> {
        checkDefault(call);
        yield dict(call, call.items, level);
      }
      default -> Calls.scalar(call);
    };
  }

  /** Begins with the elements of a container. */
  private void enter(Node node, int level) throws Refusal {
    if (level >= limits.depth()) {
      throw limits.tooDeep();
    }
    node.depth = 1;
  }

  private @Nullable Object[] elements(Node node, List<@Nullable Object> items, int level)
      throws Refusal {
    enter(node, level);
    @Nullable Object[] elements = new @Nullable Object[items.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = element(node, items.get(i), level, i);
    }
    return elements;
  }

  /** Turns one element of a node into Java, and adds its size and depth to those of the node. */
  private @Nullable Object element(Node node, @Nullable Object item, int level, Object step)
      throws Refusal {
    Object element;
    try {
      element = of(item, level + 1);
    } catch (Refusal e) {
      throw e.in(step);
    }
    long size = (long) node.size + (item instanceof Node inner ? inner.size : 1);
    if (size > limits.elements()) {
      throw limits.tooManyElements();
    }
    node.size = (int) size;
    if (item instanceof Node inner) {
      node.depth = Math.max(node.depth, 1 + inner.depth);
    }
    return element;
  }

  private List<@Nullable Object> list(Node node, List<@Nullable Object> items, int level)
      throws Refusal {
    enter(node, level);
    List<@Nullable Object> list = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      list.add(element(node, items.get(i), level, i));
    }
    return list;
  }

  private Set<@Nullable Object> set(Node node, List<@Nullable Object> items, int level)
      throws Refusal {
    @Nullable Object[] keys = keys(elements(node, items, level));
    Keys.checkSpread(keys);
    Set<@Nullable Object> set = new LinkedHashSet<>(capacity(keys.length));
    for (Object key : keys) {
      if (!set.add(key)) {
        throw Keys.twice(key);
      }
    }
    return set;
  }

  private FrozenSet frozenSet(Node node, List<@Nullable Object> items, int level) throws Refusal {
    return new FrozenSet(keys(elements(node, items, level)));
  }

  private static @Nullable Object[] keys(@Nullable Object[] elements) throws Refusal {
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Keys.ofRead(elements[i]);
    }
    return elements;
  }

  private Map<@Nullable Object, @Nullable Object> dict(
      Node node, List<@Nullable Object> items, int level) throws Refusal {
    enter(node, level);
    @Nullable Object[] keys = new @Nullable Object[items.size() / 2];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.ofRead(element(node, items.get(2 * i), level, "a key"));
    }
    Keys.checkSpread(keys);
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>(capacity(keys.length));
    for (int i = 0; i < keys.length; i++) {
      dict.put(keys[i], element(node, items.get(2 * i + 1), level, keys[i]));
      if (dict.size() <= i) {
        throw Keys.twice(keys[i]);
      }
    }
    return dict;
  }

  private static int capacity(int size) {
    return (int) Math.min(1 << 30, size / 3 * 4L + 4);
  }

  /** The elements that protocols below 4 give to a set as a list. */
  private static List<@Nullable Object> argument(Call call) throws Refusal {
    if (call.arguments.isEmpty()) {
      return List.of();
    }
    if (call.arguments.size() == 1
        && call.arguments.get(0) instanceof Container container
        && container.kind != Container.Kind.DICT) {
      return container.items;
    }
    throw wrong(call);
  }

  /** A deque may be bounded, which is of no matter until it grows. Python 2 has a list in it. */
  private Object deque(Call call, int level) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    List<@Nullable Object> given = List.of();
    long bound = Long.MAX_VALUE;
    if (arguments.size() > 2) {
      throw wrong(call);
    }
    if (!arguments.isEmpty()) {
      if (!(arguments.get(0) instanceof Container container)
          || container.kind == Container.Kind.DICT) {
        throw wrong(call);
      }
      given = container.items;
    }
    if (arguments.size() == 2 && arguments.get(1) != null) {
      bound = arguments.get(1) instanceof Long most ? most : -1;
    }
    if (given.size() + (long) call.items.size() > bound) {
      throw wrong(call);
    }
    List<@Nullable Object> deque = list(call, given, level);
    for (Object item : call.items) {
      deque.add(element(call, item, level, deque.size()));
    }
    return deque(deque);
  }

  @SuppressWarnings("JdkObsolete") // the one class that is a Deque, a List, and takes null
  static List<@Nullable Object> deque(List<@Nullable Object> elements) {
    return new LinkedList<>(elements);
  }

  /** Python 3 adds the items later; Python 2 gives a list of pairs. */
  private static List<@Nullable Object> orderedItems(Call call) throws Refusal {
    if (call.arguments.isEmpty()) {
      return call.items;
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (Object each : argument(call)) {
      if (!(each instanceof Container pair)
          || (pair.kind != Container.Kind.LIST && pair.kind != Container.Kind.TUPLE)
          || pair.items.size() != 2) {
        throw wrong(call);
      }
      items.addAll(pair.items);
    }
    items.addAll(call.items);
    return items;
  }

  private static List<@Nullable Object> counted(Call call) throws Refusal {
    if (call.arguments.size() == 1
        && call.arguments.get(0) instanceof Container container
        && container.kind == Container.Kind.DICT) {
      return container.items;
    }
    throw wrong(call);
  }

  /** What a defaultdict makes of absent keys is dropped: a type, or nothing. */
  private static void checkDefault(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    boolean known =
        arguments.isEmpty()
            || (arguments.size() == 1
                && (arguments.get(0) == null || arguments.get(0) instanceof Allowed));
    if (!known) {
      throw wrong(call);
    }
  }

  private static Refusal wrong(Call call) {
    return new Refusal("%s is not called as Python writes it".formatted(call.function));
  }
}
