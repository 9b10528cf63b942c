package io.jstorage.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The expiry policy of a cache, and what is known of it beforehand: the policies of the standard
 * always answer the same, so that most operations need not look at the entry that was there.
 */
final class Expiry {
  private static final Logger LOGGER = System.getLogger(Expiry.class.getName());

  private final ExpiryPolicy policy;

  /** The lifetime of every new entry, where the policy is one of the standard's. */
  private final @Nullable Lifetime known;

  private final boolean touches;
  private final boolean renews;

  Expiry(ExpiryPolicy policy) {
    this.policy = policy;
    Class<?> c = policy.getClass();
    boolean standard =
        c == EternalExpiryPolicy.class
            || c == CreatedExpiryPolicy.class
            || c == ModifiedExpiryPolicy.class
            || c == AccessedExpiryPolicy.class
            || c == TouchedExpiryPolicy.class;
    this.known = standard ? creation() : null;
    this.touches =
        !isEternal()
            && (!standard || c == AccessedExpiryPolicy.class || c == TouchedExpiryPolicy.class);
    this.renews = c == ModifiedExpiryPolicy.class || c == TouchedExpiryPolicy.class;
  }

  ExpiryPolicy policy() {
    return policy;
  }

  /** Returns whether no entry ever expires, so that the storage needs no deadlines. */
  boolean isEternal() {
    return known != null && known.isEternal();
  }

  /** Returns whether reading an entry may change its deadline. */
  boolean touches() {
    return touches;
  }

  /** The lifetime of a new entry, if it is always the same; it is not zero. */
  @Nullable Lifetime ofEveryCreation() {
    return known == null || known.isZero() ? null : known;
  }

  /** The lifetime that every put gives, whether there was an entry or not; it is not zero. */
  @Nullable Lifetime ofEveryPut() {
    return renews || isEternal() ? ofEveryCreation() : null;
  }

  Lifetime creation() {
    Lifetime lifetime = ask("creation", policy::getExpiryForCreation);
    return Objects.requireNonNullElse(lifetime, Lifetime.ETERNAL);
  }

  /** Null means that the deadline stays as it is. */
  @Nullable Lifetime update() {
    return ask("update", policy::getExpiryForUpdate);
  }

  /** Null means that the deadline stays as it is. */
  @Nullable Lifetime access() {
    return ask("access", policy::getExpiryForAccess);
  }

  /** A policy that fails counts as one that says nothing, as the standard wants it. */
  private static @Nullable Lifetime ask(String event, Supplier<@Nullable Duration> question) {
    try {
      return Lifetime.of(question.get());
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "the expiry policy failed at the " + event + " of an entry", e);
      return null;
    }
  }
}
