package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jstorage.architecture.planted.cycle.one.One;
import io.jstorage.architecture.planted.hidden.Shows;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of {@link Rules} fails on a class that breaks it, and names that class. */
class PlantedViolationsTest {
  private static final String PLANTED = "io.jstorage.architecture.planted";
  private static final String LIBRARY = PLANTED + ".library";

  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(CLASSES).getFailureReport().getDetails();
  }

  private static Stream<Arguments> planted() {
    ArchRule backend = Rules.dependsOn(LIBRARY, List.of("redis.clients.jedis.."));
    return Stream.of(
        Arguments.of(backend, "UsesAnotherLibrary"),
        Arguments.of(backend, "UsesAnotherPart"),
        Arguments.of(Rules.theApiDependsOn(List.of(LIBRARY)), "UsesAnotherLibrary"),
        Arguments.of(Rules.NO_PACKAGE_CYCLES, One.class.getPackageName()),
        Arguments.of(Rules.NOTHING_REACHES_INTO_INTERNAL, Shows.class.getName()),
        Arguments.of(Rules.NO_LOGGING_FRAMEWORK, "Logs"),
        Arguments.of(Rules.NO_STANDARD_STREAMS, "Prints.out"),
        Arguments.of(Rules.NO_STANDARD_STREAMS, "PrintsErrors.err"),
        Arguments.of(Rules.NO_PRINTED_STACK_TRACES, "PrintsStackTraces"),
        Arguments.of(Rules.PUBLIC_FIELDS_NEVER_CHANGE, "MutableField.count"),
        Arguments.of(Rules.PUBLIC_FIELDS_NEVER_CHANGE, "MutableArray.HEADER"));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aClassThatBreaksARuleIsNamed(ArchRule rule, String culprit) {
    assertThat(violations(rule)).anyMatch(violation -> violation.contains(culprit));
  }

  @Test
  void aLibraryThatIsOnTheListIsNoViolation() {
    ArchRule backend = Rules.dependsOn(LIBRARY, List.of("tools.jackson..", "io.jstorage.file"));
    assertThat(violations(backend)).isEmpty();
  }
}
