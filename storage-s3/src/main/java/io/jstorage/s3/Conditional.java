package io.jstorage.s3;

/** A user's assertion about the conditional writes of a server. */
public enum Conditional {
  /**
   * The server decides {@code If-None-Match} and {@code If-Match} of PUT and DELETE in one step, as
   * AWS does. Assumed if no endpoint is given.
   */
  ASSERT,

  /**
   * It does not: the store is not {@link io.jstorage.Capability#ATOMIC}, and if several callers
   * remove an entry concurrently, more than one may be told that it existed.
   */
  DENY
}
