package io.jstorage.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value as a pickle of protocol 4. It counts as reading does, and takes no value that
 * would not come back equal. A shared object is written each time it is met, except the texts that
 * are keys of maps.
 */
final class PickleWriter {
  private static final int PROTOCOL = 4;

  /** 1 000: as many keys as records have fields, and not all keys of a large map. */
  private static final int MAX_SHARED_KEYS = 1_000;

  /** 4 bytes: a reference to a shorter text would save nothing. */
  private static final int SHORTEST_SHARED_KEY = 4;

  private final Limits limits;
  private final Output out;
  private final WriterScalars scalars;
  private final Map<Object, Integer> memo = new HashMap<>();
  private int sharedKeys;
  private int elements;

  PickleWriter(Limits limits) {
    this.limits = limits;
    this.out = new Output(limits);
    this.scalars = new WriterScalars(this, out);
  }

  byte[] write(Object value) throws Refusal {
    out.u1(Opcode.PROTO).u1(PROTOCOL);
    write(value, 0);
    return out.u1(Opcode.STOP).toBytes();
  }

  private void write(@Nullable Object value, int level) throws Refusal {
    count(1);
    if (value instanceof Tuple tuple) {
      tuple(tuple, enter(level));
    } else if (value instanceof LinkedList<?> deque) {
      deque(deque, enter(level));
    } else if (value instanceof List<?> list) {
      out.u1(Opcode.EMPTY_LIST);
      elements(list, enter(level), Opcode.APPENDS);
    } else if (value instanceof Map<?, ?> map) {
      map(map, enter(level));
    } else if (value instanceof FrozenSet set) {
      frozenSet(set, enter(level));
    } else if (value instanceof Set<?> set) {
      set(set, enter(level));
    } else if (value instanceof byte[] bytes) {
      scalars.bytes(bytes);
    } else if (!scalars.write(value)) {
      throw noValue(value);
    }
  }

  private void count(int more) throws Refusal {
    if (more > limits.elements() - elements) {
      throw limits.tooManyElements();
    }
    elements += more;
  }

  private int enter(int level) throws Refusal {
    if (level >= limits.depth()) {
      throw limits.tooDeep();
    }
    return level + 1;
  }

  private static Refusal noValue(@Nullable Object value) {
    String type = value == null ? "null" : value.getClass().getName();
    String advice =
        value instanceof Integer || value instanceof Short || value instanceof Byte
            ? ": it would come back as a Long; put a Long, or name the type of the values"
            : value instanceof Float
                ? ": it would come back as a Double; put a Double, or name the type of the values"
                : value instanceof BigInteger
                    ? " below 2^63: it would come back as a Long"
                    : value instanceof ByteBuffer ? ": bytes that are no key are a byte[]" : "";
    return new Refusal("a pickle has no %s%s".formatted(type, advice));
  }

  private void elements(Collection<?> elements, int level, int opcode) throws Refusal {
    if (!elements.isEmpty()) {
      out.u1(Opcode.MARK);
      write(elements, level);
      out.u1(opcode);
    }
  }

  private void write(Collection<?> elements, int level) throws Refusal {
    int index = 0;
    for (Object element : elements) {
      try {
        write(element, level);
      } catch (Refusal e) {
        throw e.in(index);
      }
      index++;
    }
  }

  private void tuple(Tuple tuple, int level) throws Refusal {
    switch (tuple.size()) {
      case 0 -> out.u1(Opcode.EMPTY_TUPLE);
      case 1, 2, 3 -> {
        keysOrValues(tuple, level);
        out.u1(Opcode.TUPLE1 + tuple.size() - 1);
      }
      default -> {
        out.u1(Opcode.MARK);
        keysOrValues(tuple, level);
        out.u1(Opcode.TUPLE);
      }
    }
  }

  private void keysOrValues(Tuple tuple, int level) throws Refusal {
    if (tuple instanceof KeyTuple) {
      for (Object key : tuple) {
        key(key, level);
      }
    } else {
      write(tuple, level);
    }
  }

  private void deque(List<?> deque, int level) throws Refusal {
    name(Allowed.DEQUE);
    out.u1(Opcode.EMPTY_TUPLE).u1(Opcode.REDUCE);
    elements(deque, level, Opcode.APPENDS);
  }

  private void set(Set<?> set, int level) throws Refusal {
    @Nullable Object[] keys = Keys.ofJava(set);
    PythonKeys.checkDistinct(keys);
    out.u1(Opcode.EMPTY_SET);
    if (keys.length > 0) {
      out.u1(Opcode.MARK);
      keys(keys, level);
      out.u1(Opcode.ADDITEMS);
    }
  }

  private void frozenSet(FrozenSet set, int level) throws Refusal {
    @Nullable Object[] keys = set.toArray();
    PythonKeys.checkDistinct(keys);
    out.u1(Opcode.MARK);
    keys(keys, level);
    out.u1(Opcode.FROZENSET);
  }

  private void keys(@Nullable Object[] keys, int level) throws Refusal {
    for (Object key : keys) {
      count(Keys.weight(key));
      key(key, level);
    }
  }

  /** Writes what {@link Keys} has made a key. */
  private void key(@Nullable Object key, int level) throws Refusal {
    if (key instanceof ByteBuffer buffer) {
      count(1);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      scalars.bytes(bytes);
    } else {
      write(key, level);
    }
  }

  private void map(Map<?, ?> map, int level) throws Refusal {
    out.u1(Opcode.EMPTY_DICT);
    if (map.isEmpty()) {
      return;
    }
    @Nullable Object[] entries = map.entrySet().toArray();
    @Nullable Object[] keys = new @Nullable Object[entries.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.ofJava(((Map.Entry<?, ?>) entries[i]).getKey());
    }
    PythonKeys.checkDistinct(keys);
    out.u1(Opcode.MARK);
    for (int i = 0; i < keys.length; i++) {
      count(Keys.weight(keys[i]));
      if (keys[i] instanceof String name) {
        count(1);
        sharedKey(name);
      } else {
        key(keys[i], level);
      }
      try {
        write(((Map.Entry<?, ?>) entries[i]).getValue(), level);
      } catch (Refusal e) {
        throw e.in(keys[i]);
      }
    }
    out.u1(Opcode.SETITEMS);
  }

  /** A list of records has the same keys over and over. */
  private void sharedKey(String name) throws Refusal {
    Integer number = name.length() < SHORTEST_SHARED_KEY ? null : memo.get(name);
    if (number != null) {
      refer(number);
    } else {
      scalars.text(name);
      if (name.length() >= SHORTEST_SHARED_KEY && sharedKeys < MAX_SHARED_KEYS) {
        sharedKeys++;
        memoize(name);
      }
    }
  }

  /** Numbers what was written last, if a reader with the same limits takes one more number. */
  private void memoize(Object written) throws Refusal {
    if (memo.size() < limits.memo()) {
      out.u1(Opcode.MEMOIZE);
      memo.put(written, memo.size());
    }
  }

  private void refer(int number) throws Refusal {
    if (number <= 0xff) {
      out.u1(Opcode.BINGET).u1(number);
    } else {
      out.u1(Opcode.LONG_BINGET).littleEndian(number, 4);
    }
  }

  /** Writes a name that Python has for a type. */
  void name(Allowed name) throws Refusal {
    Integer number = memo.get(name);
    if (number != null) {
      refer(number);
      return;
    }
    scalars.text(name.module);
    scalars.text(name.simpleName);
    out.u1(Opcode.STACK_GLOBAL);
    memoize(name);
  }
}
