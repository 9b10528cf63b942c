package io.jstorage.micrometer;

import io.jstorage.cache.StorageObserver;
import io.jstorage.cache.StorageOperation;
import io.jstorage.cache.StorageOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each operation of an {@link io.jstorage.cache.ObservedStorage}: a timer,
 * and where there is a tracer, a span. A loader runs within the observation of its load, so that
 * what it does belongs to that span.
 */
public final class StorageObservations implements StorageObserver {
  private static final StorageObservationConvention DEFAULT = new StorageObservationConvention() {};
  private static final Observed NOBODY = (outcome, failure) -> {};

  private final ObservationRegistry registry;
  private final String storage;
  private final @Nullable StorageObservationConvention convention;

  private StorageObservations(
      ObservationRegistry registry,
      String storage,
      @Nullable StorageObservationConvention convention) {
    this.registry = registry;
    this.storage = storage;
    this.convention = convention;
  }

  /**
   * Makes an observer that follows the registry's convention, or else the default one.
   *
   * @param registry handles the observations
   * @param storage the name of the storage
   * @return the observer
   */
  public static StorageObservations of(ObservationRegistry registry, String storage) {
    return new StorageObservations(registry, storage, null);
  }

  /**
   * Makes an observer that follows a convention of one's own.
   *
   * @param registry handles the observations
   * @param storage the name of the storage
   * @param convention names and tags the observations
   * @return the observer
   */
  public static StorageObservations of(
      ObservationRegistry registry, String storage, StorageObservationConvention convention) {
    return new StorageObservations(registry, storage, convention);
  }

  @Override
  public Observed begin(StorageOperation operation) {
    if (registry.isNoop()) {
      return NOBODY;
    }
    StorageObservationContext context = new StorageObservationContext(storage, operation);
    Observation observation =
        Observation.createNotStarted(convention, DEFAULT, () -> context, registry).start();
    return new Begun(context, observation, observation.openScope());
  }

  private record Begun(
      StorageObservationContext context, Observation observation, Observation.Scope scope)
      implements Observed {
    @Override
    public void end(StorageOutcome outcome, @Nullable Throwable failure) {
      context.outcome(outcome);
      scope.close();
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    }
  }
}
