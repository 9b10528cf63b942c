package io.jstorage.spi;

import io.jstorage.Capability;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The capabilities that a store declares, and advice about those that it lacks. Immutable. */
public final class Capabilities {
  private static final Map<Capability, String> ADVICE =
      Map.of(
          Capability.ATOMIC,
          "use put and remove, or a storage that is ATOMIC",
          Capability.EXPIRY,
          "open it with the option 'expiration' if it takes one, or put storage.volatile in front",
          Capability.WRITE_TIME,
          "use a storage that keeps the time of the last write");

  /** No capability. */
  public static final Capabilities NONE = of();

  private final Set<Capability> declared;
  private final Map<Capability, String> advice;

  private Capabilities(Set<Capability> declared, Map<Capability, String> advice) {
    this.declared = Collections.unmodifiableSet(declared);
    this.advice = advice;
  }

  /**
   * Declares capabilities.
   *
   * @param declared the capabilities; all others are lacking
   * @return the capabilities
   */
  public static Capabilities of(Capability... declared) {
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    Collections.addAll(set, declared);
    return new Capabilities(set, new EnumMap<>(ADVICE));
  }

  /**
   * Returns the same capabilities without one of them.
   *
   * @param missing the capability that the store lacks
   * @param reason why it does, and what to do instead: the end of an error message
   * @return the capabilities
   */
  public Capabilities without(Capability missing, String reason) {
    Set<Capability> fewer = EnumSet.noneOf(Capability.class);
    fewer.addAll(declared);
    fewer.remove(missing);
    Map<Capability, String> reasons = new EnumMap<>(advice);
    reasons.put(missing, reason);
    return new Capabilities(fewer, reasons);
  }

  /**
   * Returns the declared capabilities.
   *
   * @return an unmodifiable set
   */
  public Set<Capability> asSet() {
    return declared;
  }

  /**
   * Returns whether a capability is declared.
   *
   * @param capability the capability
   * @return true if it is
   */
  public boolean has(Capability capability) {
    return declared.contains(capability);
  }

  /**
   * Makes the exception for an operation that needs a lacking capability.
   *
   * @param operation the operation
   * @param missing the capability that it needs
   * @param place the store, as it is shown in messages
   * @return the exception, which says what to do instead
   */
  public UnsupportedOperationException refusal(String operation, Capability missing, Object place) {
    return new UnsupportedOperationException(
        "%s needs %s, which %s does not have: %s"
            .formatted(operation, missing, place, advice.get(missing)));
  }

  @Override
  public String toString() {
    return declared.toString();
  }
}
