package io.jstorage.cache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** An observer whose failures harm nobody. */
final class SafeObserver {
  private static final Logger LOGGER = System.getLogger(SafeObserver.class.getName());
  private static final StorageObserver.Observed NOBODY = (outcome, failure) -> {};

  private final StorageObserver observer;

  SafeObserver(StorageObserver observer) {
    this.observer = observer;
  }

  @SuppressWarnings("ConstantValue") // An observer may break its promise.
  StorageObserver.Observed begin(StorageOperation operation) {
    try {
      StorageObserver.Observed begun = observer.begin(operation);
      return begun == null ? NOBODY : begun;
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "an observer failed; the operation goes on", e);
      return NOBODY;
    }
  }

  static void end(
      StorageObserver.Observed observed, StorageOutcome outcome, @Nullable Throwable failure) {
    try {
      observed.end(outcome, failure);
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "an observer failed; the operation is over anyway", e);
    }
  }
}
