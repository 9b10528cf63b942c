package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromiseTest {
  static Stream<Method> tests() {
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            ByteStoreContract.class,
            LruContract.class,
            CodecContract.class,
            ByteTransformContract.class)) {
      add(type, classes);
    }
    return classes.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  private static void add(Class<?> type, Set<Class<?>> classes) {
    classes.add(type);
    Arrays.stream(type.getInterfaces()).forEach(part -> add(part, classes));
    if (type.getSuperclass() != null) {
      add(type.getSuperclass(), classes);
    }
  }

  @ParameterizedTest
  @MethodSource("tests")
  void everyTestOfTheKitIsAboutAPromise(Method test) {
    Promise promise = test.getAnnotation(Promise.class);
    assertThat(promise).as(test.getName()).isNotNull();
    assertThat(promise.value()).as(test.getName()).endsWith(".").hasSizeGreaterThan(20);
  }

  @Test
  void noTwoTestsHaveTheSame() {
    List<String> promises = new ArrayList<>();
    tests().forEach(test -> promises.add(test.getAnnotation(Promise.class).value()));
    assertThat(promises).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }
}
