package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what was read against what it should be: equal, of the documented class, all the way. */
final class Same {
  private Same() {}

  static void assertSame(@Nullable Object read, @Nullable Object expected) {
    assertSame(read, expected, "");
  }

  private static void assertSame(@Nullable Object read, @Nullable Object expected, String where) {
    if (expected == null || read == null) {
      assertThat(read).as(where).isEqualTo(expected);
      return;
    }
    assertThat(read.getClass()).as(where).isIn(classes(expected));
    if (expected instanceof List<?> list) {
      List<?> other = (List<?>) read;
      assertThat(other).as(where).hasSameSizeAs(list);
      int i = 0;
      for (Object element : list) {
        assertSame(other.get(i), element, where + "[" + i++ + "]");
      }
    } else if (expected instanceof Map<?, ?> map) {
      Map<?, ?> other = (Map<?, ?>) read;
      assertThat(other.keySet()).as(where).isEqualTo(map.keySet());
      map.forEach((key, value) -> assertSame(other.get(key), value, where + "[" + key + "]"));
    } else {
      assertThat(read).as(where).isEqualTo(expected);
    }
  }

  private static List<Class<?>> classes(Object expected) {
    if (expected instanceof Tuple) {
      return List.of(Tuple.class, KeyTuple.class);
    }
    if (expected instanceof ByteBuffer) {
      return List.of(ByteBuffer.wrap(new byte[0]).asReadOnlyBuffer().getClass());
    }
    if (expected instanceof List) {
      return List.of(expected instanceof LinkedList ? LinkedList.class : ArrayList.class);
    }
    if (expected instanceof FrozenSet) {
      return List.of(KeySet.class);
    }
    return List.of(
        expected instanceof Map
            ? LinkedHashMap.class
            : expected instanceof java.util.Set ? LinkedHashSet.class : expected.getClass());
  }
}
