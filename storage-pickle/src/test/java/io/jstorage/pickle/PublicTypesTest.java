package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublicTypesTest {
  @Test
  void aTupleIsAListThatCannotBeChanged() {
    @Nullable Object[] elements = {1L, null, "a"};
    Tuple tuple = Tuple.of(elements);
    elements[0] = 2L;
    assertThat(tuple).isEqualTo(Arrays.asList(1L, null, "a"));
    assertThat(Arrays.asList(1L, null, "a")).isEqualTo(tuple);
    assertThat(tuple).hasSameHashCodeAs(Arrays.asList(1L, null, "a")).hasToString("[1, null, a]");
    assertThat(tuple.get(2)).isEqualTo("a");
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tuple.add(1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> tuple.set(0, 1));
    tuple.toArray()[0] = 3L;
    assertThat(tuple.get(0)).isEqualTo(1L);
  }

  @Test
  void aFrozenSetIsASetThatCannotBeChanged() {
    FrozenSet set = FrozenSet.of(3L, null, "a", List.of(1L), Set.of(2L));
    Set<@Nullable Object> same =
        new HashSet<>(Arrays.asList(3L, null, "a", List.of(1L), Set.of(2L)));
    assertThat(set).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(same).isEqualTo(set);
    assertThat(set.contains(List.of(1L))).isTrue();
    assertThat(set.contains(Tuple.of(1L))).isTrue();
    assertThat(set.contains(FrozenSet.of(2L))).isTrue();
    assertThat(set.contains(null)).isTrue();
    assertThat(set.contains(3)).isFalse();
    assertThat(set.contains(new Object())).isFalse();
    assertThat(set.contains(4L)).isFalse();
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> set.add(1));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(set::clear);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> set.remove(3L));
    assertThat(set).hasSize(5);
  }

  @Test
  void aFrozenSetKeepsItsOwnBytes() {
    byte[] bytes = {1, 2};
    FrozenSet set = FrozenSet.of(ByteBuffer.wrap(bytes));
    bytes[0] = 9;
    assertThat(set.contains(ByteBuffer.wrap(new byte[] {1, 2}))).isTrue();
  }

  @Test
  void aFrozenSetRefusesInvalidOrEqualElements() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenSet.of(1))
        .withMessageContaining("java.lang.Integer can be no key of a dict");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenSet.of((Object) new byte[1]))
        .withMessageContaining("wrap it in a ByteBuffer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenSet.of("a", "a"))
        .withMessageContaining("are equal")
        .withMessageContaining("'a'");
  }

  @Test
  void allKeysHaveOneOrder() {
    List<Object> keys = new ArrayList<>();
    RandomValues random = new RandomValues(1);
    while (keys.size() < 2_000) {
      if (random.value() instanceof FrozenSet set) {
        keys.add(set);
      }
    }
    Collections.shuffle(keys, new java.util.Random(2));
    Set<Object> ordered = new TreeSet<>(KeyOrder.INSTANCE);
    ordered.addAll(keys);
    assertThat(ordered).hasSameSizeAs(new HashSet<>(keys));
    for (Object key : keys) {
      assertThat(ordered.contains(key)).isTrue();
      assertThat(key).isEqualTo(new HashSet<>((FrozenSet) key));
    }
  }

  @Test
  void aFractionIsInItsLowestTerms() {
    assertThat(Fraction.of(2, -4)).isEqualTo(Fraction.of(-1, 2)).hasToString("-1/2");
    assertThat(Fraction.of(0, -5)).isEqualTo(Fraction.of(0, 1)).hasToString("0");
    assertThat(new Fraction(BigInteger.TEN, BigInteger.TWO)).hasToString("5");
    assertThat(Fraction.of(1, 3)).isLessThan(Fraction.of(1, 2)).isGreaterThan(Fraction.of(-1, 2));
    assertThat(Fraction.of(1, 3)).isEqualByComparingTo(Fraction.of(2, 6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fraction.of(1, 0))
        .withMessage("a Fraction has a denominator other than 0");
  }
}
