package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A suite that nothing fails proves nothing: every flaw that it is there for makes it fail. */
class TheKitCatchesTest {
  /** Names of tests in which threads race, so that a flaw may not show by chance. */
  private static final Pattern RACES =
      Pattern.compile(
          "(?i).*(threads|race|counter|reader|overlap|during|atOnce|fresh|interrupt|lost).*");

  private static final int ATTEMPTS_AT_A_RACE = 50;

  static Stream<Arguments> flaws() {
    return Stream.of(
            BrokenByteStores.class,
            BrokenStorages.class,
            BrokenLrus.class,
            RacyStores.class,
            ForgetfulStores.class,
            BrokenFeeds.class,
            BrokenStatistics.class,
            BrokenCodecs.class,
            BrokenTransforms.class)
        .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
        .filter(type -> type.isAnnotationPresent(CaughtBy.class))
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(
            type ->
                Arrays.stream(type.getAnnotation(CaughtBy.class).value())
                    .map(test -> Arguments.of(type, test)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("flaws")
  void everyFlawIsCaught(Class<?> broken, String test) {
    List<Throwable> failures = List.of();
    int attempts = RACES.matcher(test).matches() ? ATTEMPTS_AT_A_RACE : 1;
    for (int attempt = 0; attempt < attempts && failures.isEmpty(); attempt++) {
      failures = failuresOf(broken, test);
    }
    assertThat(failures)
        .as("failure of %s with %s", test, broken.getSimpleName())
        .singleElement()
        .isNotInstanceOf(JUnitException.class);
    String message = String.valueOf(failures.get(0).getMessage());
    assertThat(message)
        .as("what helps the author of a backend")
        .containsPattern("The promise: \\w.{20}")
        .containsPattern("\nLook at: .*(Store|Storage|Codec|ByteTransform)")
        .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}&&[^\n]]");
  }

  private static List<Throwable> failuresOf(Class<?> broken, String test) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(broken, test))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getTestsStartedCount() - summary.getTestsAbortedCount())
        .as("%s run, and not skipped, with %s", test, broken.getSimpleName())
        .isEqualTo(1);
    return summary.getFailures().stream().map(TestExecutionSummary.Failure::getException).toList();
  }
}
