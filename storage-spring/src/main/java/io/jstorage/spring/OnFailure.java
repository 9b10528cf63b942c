package io.jstorage.spring;

/** The reaction of a cache to a failure of its storage. */
public enum OnFailure {
  /** The caller gets the exception, unless a {@code CacheErrorHandler} takes it. */
  THROW,

  /**
   * A read that fails is a miss, so that the annotated method is called, and a put that fails is
   * left out; the old value, if there is one, then stays until it expires. The first failure after
   * a success is logged as a warning.
   *
   * <p>Evicting and clearing still throw, as callers that go on after them would be served outdated
   * values. Errors other than an outage are thrown too: a value that cannot be encoded or decoded,
   * which a put after the miss would overwrite, a key that cannot be one, and access that is
   * denied.
   */
  LOAD
}
