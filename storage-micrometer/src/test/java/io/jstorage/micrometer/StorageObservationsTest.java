package io.jstorage.micrometer;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.cache.ObservedStorage;
import io.jstorage.memory.LruStorage;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StorageObservationsTest {
  @Test
  void eachOperationIsATimerByStorageOperationAndOutcome() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    Storage<String> storage = over(StorageObservations.of(registry, "books"));
    storage.put("a", "1");
    storage.get("a");
    storage.get("a");
    storage.get("b");
    assertThat(
            meters
                .get("storage.operations")
                .tags("storage", "books", "operation", "get", "outcome", "hit", "error", "none")
                .timer()
                .count())
        .isEqualTo(2);
    assertThat(meters.get("storage.operations").tags("operation", "put", "outcome", "done").timer())
        .isNotNull();
    assertThatThrownBy(
            () ->
                storage.get(
                    "c",
                    key -> {
                      throw new IllegalStateException(key);
                    }))
        .hasMessage("c");
    assertThat(
            meters
                .get("storage.operations")
                .tags("operation", "load", "outcome", "failed", "error", "IllegalStateException")
                .timer()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aLoaderRunsWithinItsObservation() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    Storage<String> storage = over(StorageObservations.of(registry, "books"));
    List<Observation.ContextView> around = new ArrayList<>();
    storage.get(
        "a",
        key -> {
          around.add(Objects.requireNonNull(registry.getCurrentObservation()).getContextView());
          return "1";
        });
    assertThat(around.get(0).getName()).isEqualTo("storage.operations");
    assertThat(around.get(0).getContextualName()).isEqualTo("load books");
    assertThat(registry.getCurrentObservation()).isNull();
    assertThat(registry)
        .hasAnObservationWithAKeyValue("outcome", "miss")
        .hasAnObservationWithAKeyValue("storage", "books")
        .doesNotHaveAnyRemainingCurrentObservation();
  }

  @Test
  void aConventionOfOnesOwnNamesAndTags() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    Storage<String> storage =
        over(
            StorageObservations.of(
                registry,
                "books",
                new StorageObservationConvention() {
                  @Override
                  public String getName() {
                    return "library";
                  }

                  @Override
                  public KeyValues getLowCardinalityKeyValues(StorageObservationContext context) {
                    return KeyValues.of("what", context.operation().label());
                  }
                }));
    storage.get("a");
    assertThat(registry)
        .hasObservationWithNameEqualTo("library")
        .that()
        .hasBeenStopped()
        .hasLowCardinalityKeyValue("what", "get");
  }

  @Test
  void aHandlerThatThrowsHarmsNothing() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            context -> {
              throw new IllegalStateException("of the handler");
            });
    Storage<String> storage = over(StorageObservations.of(registry, "books"));
    storage.put("a", "1");
    assertThat(storage.get("a")).contains("1");
  }

  @Test
  void aRegistryThatDoesNothingCostsNoObservation() {
    Storage<String> storage = over(StorageObservations.of(ObservationRegistry.NOOP, "books"));
    storage.put("a", "1");
    assertThat(storage.get("a")).contains("1");
  }

  private static Storage<String> over(StorageObservations observations) {
    return ObservedStorage.of(LruStorage.<String>ofLimit(10), observations);
  }
}
