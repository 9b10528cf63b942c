package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of {@link Rules}, kept by what we publish. */
class ArchitectureTest {
  private static final JavaClasses ALL = Part.classes(Part.ALL);

  private static Stream<Part> exceptTheApi() {
    return Part.ALL.stream().filter(part -> !part.equals(Part.API));
  }

  private static Stream<ArchRule> rulesForAll() {
    return Stream.of(
        Rules.NO_PACKAGE_CYCLES,
        Rules.NOTHING_REACHES_INTO_INTERNAL,
        Rules.NO_LOGGING_FRAMEWORK,
        Rules.NO_STANDARD_STREAMS,
        Rules.NO_PRINTED_STACK_TRACES,
        Rules.PUBLIC_FIELDS_NEVER_CHANGE);
  }

  @Test
  void theApiDependsOnTheJdkAlone() {
    Rules.theApiDependsOn(List.of()).check(Part.classes(List.of(Part.API)));
  }

  @Test
  void eachLibraryBelongsToOnePart() {
    assertThat(Part.ALL.stream().flatMap(part -> part.libraries().stream()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("exceptTheApi")
  void eachOtherPartSeesTheApiAndOneLibraryAndWhatItJoins(Part part) {
    Rules.dependsOn(part.type().getPackageName(), part.seen()).check(ALL);
  }

  @ParameterizedTest
  @MethodSource("rulesForAll")
  void allPartsKeepTheCommonRules(ArchRule rule) {
    rule.check(ALL);
  }
}
