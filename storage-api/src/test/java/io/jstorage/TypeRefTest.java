package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeRefTest {
  private static class Indirect<A, B> extends TypeRef<B> {}

  private static <T extends Comparable<T>> TypeRef<T> ofVariable() {
    return new TypeRef<>() {};
  }

  @Test
  void keepsTheTypeWithItsArguments() {
    TypeRef<Map<String, List<Integer>>> type = new TypeRef<>() {};
    assertThat(type)
        .hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
    assertThat(type.rawType()).isEqualTo(Map.class);
  }

  @Test
  void theRawTypeIsTheErasure() {
    assertThat(TypeRef.of(String.class).rawType()).isEqualTo(String.class);
    assertThat(TypeRef.of(byte[].class).rawType()).isEqualTo(byte[].class);
    assertThat(new TypeRef<List<String>[][]>() {}.rawType()).isEqualTo(List[][].class);
    assertThat(ofVariable().rawType()).isEqualTo(Comparable.class);
  }

  @Test
  void equalTypesAreEqualReferences() {
    TypeRef<List<String>> type = new TypeRef<>() {};
    TypeRef<List<String>> same = new TypeRef<>() {};
    assertThat(type).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(new TypeRef<String>() {}).isEqualTo(TypeRef.of(String.class));
    assertThat(type)
        .isNotEqualTo(new TypeRef<List<Integer>>() {})
        .isNotEqualTo(TypeRef.of(List.class));
  }

  @Test
  void aTypeThatIsMadeWhenTheProgramRunsIsATypeLikeOthers() {
    Type type = new TypeRef<Map<String, List<Integer>>>() {}.type();
    assertThat(TypeRef.of(type)).isEqualTo(new TypeRef<Map<String, List<Integer>>>() {});
    assertThat(TypeRef.of(type).rawType()).isEqualTo(Map.class);
    assertThat(TypeRef.of((Type) String.class)).isEqualTo(TypeRef.of(String.class));
  }

  @Test
  @SuppressWarnings("rawtypes")
  void aReferenceWithoutAnArgumentOfItsOwnIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TypeRef() {})
        .withMessageContaining("new TypeRef<List<String>>() {}");
    assertThatIllegalArgumentException().isThrownBy(() -> new Indirect<String, Integer>() {});
  }
}
