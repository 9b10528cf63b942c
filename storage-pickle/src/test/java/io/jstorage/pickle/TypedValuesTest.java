package io.jstorage.pickle;

import static io.jstorage.pickle.PythonValues.deque;
import static io.jstorage.pickle.PythonValues.dict;
import static io.jstorage.pickle.PythonValues.list;
import static io.jstorage.pickle.PythonValues.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.AbstractSequentialList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A type says more than a pickle does: it is held against every value, both ways. */
class TypedValuesTest {
  private static final PickleCodec<Object> UNTYPED = PickleCodec.untyped();

  private static <V> V roundTrip(TypeRef<V> type, V value) throws IOException {
    PickleCodec<V> codec = PickleCodec.of(type);
    V read = codec.decode(codec.encode(value));
    assertThat(read).isEqualTo(value);
    return read;
  }

  private static <V> V roundTrip(Class<V> type, V value) throws IOException {
    return roundTrip(TypeRef.of(type), value);
  }

  private static <V> V read(TypeRef<V> type, Object python) throws IOException {
    return PickleCodec.of(type).decode(UNTYPED.encode(python));
  }

  @Test
  void numbersOfEachTypeComeBackAsThatType() throws IOException {
    for (int value : new int[] {Integer.MIN_VALUE, -1, 0, 255, Integer.MAX_VALUE}) {
      assertThat(roundTrip(Integer.class, value)).isInstanceOf(Integer.class);
      roundTrip(Short.class, (short) value);
      roundTrip(Byte.class, (byte) value);
      roundTrip(Long.class, (long) value);
      roundTrip(BigInteger.class, BigInteger.valueOf(value));
      roundTrip(Double.class, value / 3.0);
      roundTrip(Float.class, value / 3f);
    }
    for (float value : new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY}) {
      roundTrip(Float.class, value);
      roundTrip(Double.class, (double) value);
    }
    roundTrip(BigInteger.class, BigInteger.TEN.pow(100));
    roundTrip(int.class, 5);
    roundTrip(boolean.class, true);
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> read(TypeRef.of(Integer.class), 1L << 31))
        .hasMessage("a number does not fit into java.lang.Integer");
    assertThatThrownBy(() -> read(TypeRef.of(Byte.class), 128L)).hasMessageContaining("fit");
    assertThatThrownBy(() -> read(TypeRef.of(Float.class), 0.1)).hasMessageContaining("fit");
    assertThatThrownBy(() -> read(TypeRef.of(Double.class), (1L << 53) + 1))
        .hasMessageContaining("fit");
    assertThatThrownBy(() -> read(TypeRef.of(Integer.class), 1.0)).hasMessageContaining("fit");
    assertThatThrownBy(() -> read(TypeRef.of(Integer.class), "1"))
        .hasMessage("there is a java.lang.String where a value is of type java.lang.Integer");
    assertThatThrownBy(() -> read(TypeRef.of(Long.class), BigInteger.TWO.pow(64)))
        .hasMessageContaining("java.math.BigInteger where a value is of type java.lang.Long");
  }

  @Test
  void pythonMayWriteOneForAFloat() throws IOException {
    assertThat(read(TypeRef.of(Double.class), 1L)).isEqualTo(1.0);
    assertThat(read(new TypeRef<List<Double>>() {}, list(1L, 2.5, null)))
        .isEqualTo(list(1.0, 2.5, null));
    assertThat(read(TypeRef.of(Float.class), -3L)).isEqualTo(-3f);
  }

  @Test
  void elementsComeBackAsTheirType() throws IOException {
    roundTrip(new TypeRef<List<Integer>>() {}, List.of(1, 2, 3));
    roundTrip(new TypeRef<Set<Short>>() {}, Set.of((short) 1, (short) 2));
    roundTrip(new TypeRef<Map<String, List<Integer>>>() {}, Map.of("a", List.of(1, 2)));
    roundTrip(new TypeRef<Map<Integer, Map<Byte, Float>>>() {}, Map.of(1, Map.of((byte) 2, 3f)));
    roundTrip(new TypeRef<Collection<BigInteger>>() {}, List.of(BigInteger.ONE));
    roundTrip(new TypeRef<Map<? extends Number, ?>>() {}, Map.of(1L, "a"));
    roundTrip(new TypeRef<Iterable<UUID>>() {}, List.of(new UUID(1, 2)));
    roundTrip(new TypeRef<Map<List<Long>, Set<LocalDate>>>() {}, Map.of(List.of(1L), Set.of()));
    roundTrip(new TypeRef<Map<ByteBuffer, Tuple>>() {}, Map.of(ByteBuffer.allocate(2), Tuple.of()));
    roundTrip(new TypeRef<Map<Set<Long>, Tuple>>() {}, Map.of(Set.of(1L), Tuple.of(1L)));
    roundTrip(new TypeRef<List<Integer>>() {}, Collections.singletonList(null));
  }

  @Test
  void containersComeBackAsTheClassThatWasNamed() throws IOException {
    roundTrip(new TypeRef<ArrayList<Integer>>() {}, new ArrayList<>(List.of(1)));
    roundTrip(new TypeRef<LinkedHashMap<String, Integer>>() {}, new LinkedHashMap<>());
    roundTrip(new TypeRef<HashMap<String, Long>>() {}, new HashMap<>(Map.of("a", 1L)));
    roundTrip(new TypeRef<LinkedHashSet<Integer>>() {}, new LinkedHashSet<>(Set.of(1)));
    roundTrip(Tuple.class, Tuple.of(1L, "a"));
    roundTrip(FrozenSet.class, FrozenSet.of(1L, "a"));
    roundTrip(Serializable.class, "text");
    roundTrip(CharSequence.class, "text");
    roundTrip(Number.class, 5L);
    roundTrip(Temporal.class, LocalDate.EPOCH);
    roundTrip(new TypeRef<Comparable<String>>() {}, "text");
  }

  @Test
  @SuppressWarnings({"JdkObsolete", "NonApiType"}) // what a deque is read as
  void aDequeStaysOne() throws IOException {
    Object read = roundTrip(new TypeRef<LinkedList<Integer>>() {}, new LinkedList<>(List.of(1, 2)));
    assertThat(read).isInstanceOf(LinkedList.class);
    Deque<Integer> deque =
        PickleCodec.of(new TypeRef<Deque<Integer>>() {}).decode(UNTYPED.encode(deque(1L, 2L)));
    assertThat(deque.getLast()).isEqualTo(2);
  }

  @Test
  void tuplesAndFrozensetsOfPythonAreListsAndSets() throws IOException {
    assertThat(read(new TypeRef<List<Integer>>() {}, Tuple.of(1L, 2L)))
        .isEqualTo(List.of(1, 2))
        .isInstanceOf(Tuple.class);
    assertThat(read(new TypeRef<List<Long>>() {}, Tuple.of(1L))).isEqualTo(List.of(1L));
    assertThat(read(new TypeRef<Set<Integer>>() {}, FrozenSet.of(1L))).isEqualTo(Set.of(1));
    assertThatThrownBy(() -> read(new TypeRef<ArrayList<Long>>() {}, Tuple.of(1L)))
        .hasMessageContaining("there is a io.jstorage.pickle.Tuple where");
  }

  @Test
  void elementsOfAnotherTypeAreRefusedAndToldWhere() {
    assertThatThrownBy(
            () -> read(new TypeRef<Map<String, List<Long>>>() {}, dict("a", list(1L, "b"))))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is a java.lang.String where a value is of type java.lang.Long, in the value's ['a'][1]");
    assertThatThrownBy(() -> read(new TypeRef<Map<String, Long>>() {}, dict(1L, 1L)))
        .hasMessageContaining("java.lang.Long where a value is of type java.lang.String");
    assertThatThrownBy(() -> read(new TypeRef<Set<Double>>() {}, set(1L, "a")))
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> read(new TypeRef<List<Long>>() {}, dict()))
        .hasMessageContaining("LinkedHashMap where a value is of type java.util.List");
  }

  /** Type arguments can be got round; what would not be read is not written either. */
  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void elementsThatAreNotOfTheirTypeAreNotWritten() {
    PickleCodec<List<Long>> longs = PickleCodec.of(new TypeRef<List<Long>>() {});
    assertThatThrownBy(() -> longs.encode((List) List.of("a")))
        .hasMessageContaining("java.lang.String where a value is of type java.lang.Long");
    PickleCodec<Map<Integer, Long>> map = PickleCodec.of(new TypeRef<Map<Integer, Long>>() {});
    assertThatThrownBy(() -> map.encode((Map) Map.of(1L, 1L)))
        .hasMessageContaining("java.lang.Long where a value is of type java.lang.Integer");
  }

  @Test
  void keysThatAreOneOfTheirTypeAreRefused() {
    // Python has no such set: 1 and 1.0 are equal there.
    byte[] pickle = HostilePickles.of("\u008f(K\u0001F1.0\n\u0090").end();
    assertThatThrownBy(() -> PickleCodec.of(new TypeRef<Set<Double>>() {}).decode(pickle))
        .hasMessageContaining("are equal");
    byte[] dict = HostilePickles.of("}(K\u0001NF1.0\nNu").end();
    assertThatThrownBy(() -> PickleCodec.of(new TypeRef<Map<Double, Long>>() {}).decode(dict))
        .hasMessageContaining("are equal");
  }

  @Test
  void aValueOfAnotherClassThanIsReadIsRefused() {
    PickleCodec<AbstractSequentialList<Long>> codec =
        PickleCodec.of(new TypeRef<AbstractSequentialList<Long>>() {});
    assertThatThrownBy(
            () ->
                codec.encode(
                    new AbstractSequentialList<>() {
                      @Override
                      public java.util.ListIterator<Long> listIterator(int index) {
                        return List.<Long>of().listIterator(index);
                      }

                      @Override
                      public int size() {
                        return 0;
                      }
                    }))
        .hasMessageContaining("where a value is of type java.util.AbstractSequentialList");
    assertThatThrownBy(() -> PickleCodec.of(Object.class).encode(1)).hasMessageContaining("Long");
  }

  private record Point(long x, long y) {}

  static Stream<TypeRef<?>> typesThatNoPickleIsReadAs() {
    return Stream.of(
        TypeRef.of(Point.class),
        TypeRef.of(Instant.class),
        TypeRef.of(Character.class),
        TypeRef.of(Thread.State.class),
        TypeRef.of(int[].class),
        TypeRef.of(Object[].class),
        TypeRef.of(ByteBuffer.class),
        TypeRef.of(Void.class),
        new TypeRef<Optional<String>>() {},
        new TypeRef<List<Point>>() {},
        new TypeRef<Map<String, List<Instant>>>() {},
        new TypeRef<Map<byte[], Long>>() {},
        new TypeRef<Set<byte[]>>() {},
        new TypeRef<Map<List<Integer>, Long>>() {},
        new TypeRef<Map<ArrayList<Long>, Long>>() {},
        new TypeRef<Map<Map<String, Long>, Long>>() {},
        new TypeRef<SortedMap<String, Long>>() {},
        new TypeRef<TreeSet<Long>>() {},
        new TypeRef<Vector<Long>>() {},
        new TypeRef<List<Long>[]>() {});
  }

  @ParameterizedTest
  @MethodSource
  void typesThatNoPickleIsReadAs(TypeRef<?> type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PickleCodec.of(type))
        .withMessageStartingWith("no pickle is read as ");
  }
}
