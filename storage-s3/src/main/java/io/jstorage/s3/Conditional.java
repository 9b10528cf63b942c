package io.jstorage.s3;

/** What a user knows about the conditional writes of a server. */
public enum Conditional {
  /**
   * The server decides {@code If-None-Match} and {@code If-Match} of PUT and DELETE in one step, as
   * AWS does. Taken for granted where no endpoint is given.
   */
  ASSERT,

  /**
   * It does not: the store is not {@link io.jstorage.Capability#ATOMIC}, and of several that remove
   * an entry at the same moment more than one may be told that it was there.
   */
  DENY
}
