package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Python2String;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the objects of a pickle into Java. Objects that are shared there are shared here. A
 * container is made after all that are in it, and without recursion: no depth is too much for a
 * thread's stack.
 */
final class JavaValues {
  private final Limits limits;
  private final Python2Strings strings;
  private final Calls calls;

  /** The nodes that are open, from the outermost to the innermost, and others that wait. */
  private final ArrayList<Node> waiting = new ArrayList<>();

  /** The items of all nodes so far, each node counted once. */
  private long opened;

  /** The number of objects made and hashed as keys so far, counted for each container. */
  private long hashed;

  /** The keys that long bytes are, however often they are one. */
  private final IdentityHashMap<byte[], ByteBuffer> longKeys = new IdentityHashMap<>();

  /**
   * Turns one pickle into Java.
   *
   * @param length the bytes of the pickle
   */
  JavaValues(Limits limits, Python2Strings strings, int length) {
    this.limits = limits;
    this.strings = strings;
    this.calls = new Calls(length);
  }

  @Nullable Object of(@Nullable Object made) throws Refusal {
    if (made instanceof Node root) {
      waiting.add(root);
      try {
        while (!waiting.isEmpty()) {
          step(waiting.get(waiting.size() - 1));
        }
      } catch (Refusal e) {
        throw located(e);
      }
    }
    return value(made);
  }

  /** Opens a node, or closes it when all in it are made. */
  private void step(Node node) throws Refusal {
    if (node.value == null && !node.open) {
      open(node);
    } else {
      if (node.value == null) {
        node.value = container(node, node.kind);
      }
      // It may have been met more than once while it waited.
      waiting.remove(waiting.size() - 1);
    }
  }

  private void open(Node node) throws Refusal {
    node.open = true;
    if (node instanceof Call call) {
      ContainerCalls.resolve(call);
      if (call.kind == null) {
        call.value = calls.scalar(call);
      }
    }
    opened += node.items.size();
    check(opened);
    int index = 0;
    for (Object item : node.items) {
      if (item instanceof Node inner && inner.value == null) {
        if (inner.open) {
          throw new Refusal("the value contains itself").in(step(node, index));
        }
        waiting.add(inner);
      }
      index++;
    }
  }

  /**
   * Refuses too many elements before the sizes are known, which are added up from the innermost.
   * Every node is in the value at least once, so that this is never stricter.
   */
  private void check(long elements) throws Refusal {
    if (elements >= limits.elements()) {
      throw limits.tooManyElements();
    }
  }

  /** Adds to a refusal in the innermost open node how it is reached from the outermost. */
  private Refusal located(Refusal refusal) {
    Node inner = null;
    for (int i = waiting.size() - 1; i >= 0; i--) {
      Node node = waiting.get(i);
      if (node.open && node.value == null) {
        if (inner != null) {
          refusal.in(step(node, indexOf(inner, node.items)));
        }
        inner = node;
      }
    }
    return refusal;
  }

  private static int indexOf(Node inner, List<@Nullable Object> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) == inner) {
        return i;
      }
    }
    return -1;
  }

  /** Returns what a user would write in brackets to get from a container to one of its items. */
  private static @Nullable Object step(Node node, int index) {
    if (node.kind != Kind.DICT) {
      return index;
    }
    return index % 2 == 0 ? "a key" : node.items.get(index - 1);
  }

  private Object container(Node node, @Nullable Kind kind) throws Refusal {
    if (kind == null) {
      throw new IllegalStateException("a scalar has a value at once");
    }
    node.depth = 1;
    return switch (kind) {
      case LIST -> new ArrayList<>(Arrays.asList(values(node)));
      case TUPLE -> new Tuple(values(node));
      case DEQUE -> deque(Arrays.asList(values(node)));
      case DICT -> dict(node, values(node));
      case SET -> set(keys(node, values(node)));
      case FROZENSET -> new KeySet(keys(node, values(node)));
    };
  }

  /** Returns the items of a node in Java, and adds up their sizes and depths. */
  private @Nullable Object[] values(Node node) throws Refusal {
    @Nullable Object[] values = new @Nullable Object[node.items.size()];
    for (int i = 0; i < values.length; i++) {
      Object item = node.items.get(i);
      try {
        values[i] = value(item);
      } catch (Refusal e) {
        throw e.in(step(node, i));
      }
      if (item instanceof Node inner) {
        grow(node, inner.size);
        node.depth = Math.max(node.depth, 1 + inner.depth);
      } else {
        grow(node, 1);
      }
    }
    if (node.depth > limits.depth()) {
      throw limits.tooDeep();
    }
    return values;
  }

  private @Nullable Object value(@Nullable Object made) throws Refusal {
    if (made instanceof Node node) {
      return node.value;
    }
    if (made instanceof Python2String string) {
      if (string.value == null) {
        string.value = strings.read(string.bytes);
      }
      return string.value;
    }
    if (made instanceof Allowed name) {
      throw new Refusal("%s is a type or function of Python and no data".formatted(name));
    }
    return made;
  }

  private void grow(Node node, int size) throws Refusal {
    if (size > limits.elements() - node.size) {
      throw limits.tooManyElements();
    }
    node.size += size;
  }

  private @Nullable Object[] keys(Node node, @Nullable Object[] values) throws Refusal {
    for (int i = 0; i < values.length; i++) {
      values[i] = key(values[i]);
      int weight = Keys.weight(values[i]);
      hashed += weight;
      check(hashed);
      grow(node, weight);
    }
    return values;
  }

  /** Turns a value into a key. */
  private @Nullable Object key(@Nullable Object value) throws Refusal {
    if (KeyOrder.isKey(value)) {
      return value;
    }
    if (value instanceof byte[] bytes) {
      return bytes.length > Keys.LONG_KEY
          ? longKeys.computeIfAbsent(bytes, JavaValues::bytesKey)
          : bytesKey(bytes);
    }
    if (value instanceof Tuple tuple) {
      @Nullable Object[] keys = tuple.toArray();
      hashed += keys.length;
      check(hashed);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = key(keys[i]);
      }
      return new KeyTuple(keys);
    }
    throw Keys.noKey(value);
  }

  /** Copies bytes: where they are a value too, that array may be changed. */
  private static ByteBuffer bytesKey(byte[] bytes) {
    return ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer();
  }

  private static Set<@Nullable Object> set(@Nullable Object[] keys) throws Refusal {
    Keys.checkSpread(keys);
    Set<@Nullable Object> set = new LinkedHashSet<>(capacity(keys.length));
    for (Object key : keys) {
      if (!set.add(key)) {
        throw Keys.twice(key);
      }
    }
    return set;
  }

  private Map<@Nullable Object, @Nullable Object> dict(Node node, @Nullable Object[] values)
      throws Refusal {
    @Nullable Object[] keys = new @Nullable Object[values.length / 2];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = values[2 * i];
    }
    Keys.checkSpread(keys(node, keys));
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>(capacity(keys.length));
    for (int i = 0; i < keys.length; i++) {
      dict.put(keys[i], values[2 * i + 1]);
      if (dict.size() <= i) {
        throw Keys.twice(keys[i]);
      }
    }
    return dict;
  }

  private static int capacity(int size) {
    return (int) Math.min(1 << 30, size / 3 * 4L + 4);
  }

  @SuppressWarnings("JdkObsolete") // the one class that is a Deque, a List, and takes null
  static List<@Nullable Object> deque(List<@Nullable Object> elements) {
    return new LinkedList<>(elements);
  }
}
