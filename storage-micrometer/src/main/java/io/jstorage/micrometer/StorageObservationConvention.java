package io.jstorage.micrometer;

import io.jstorage.cache.StorageOutcome;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How observations of storages are called and tagged. By default the name is {@code
 * storage.operations}, a span is called by operation and storage, such as {@code get books}, and
 * the tags are {@code storage}, {@code operation} and {@code outcome}.
 */
public interface StorageObservationConvention
    extends ObservationConvention<StorageObservationContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof StorageObservationContext;
  }

  @Override
  default String getName() {
    return "storage.operations";
  }

  @Override
  default String getContextualName(StorageObservationContext context) {
    return context.operation().label() + " " + context.storage();
  }

  @Override
  default KeyValues getLowCardinalityKeyValues(StorageObservationContext context) {
    StorageOutcome outcome = context.outcome();
    return KeyValues.of(
        "storage",
        context.storage(),
        "operation",
        context.operation().label(),
        "outcome",
        outcome == null ? "unknown" : outcome.label());
  }
}
