package io.jstorage.spi;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policies that a storage is made of, by which a policy recognises those that must not be
 * behind it. A policy makes one of its own when it is made, and returns it from {@link
 * Store#unwrap}. Those of the storages behind are found through policies that know nothing of it.
 * Immutable.
 */
public final class PolicyStack {
  private static final PolicyStack NONE = new PolicyStack(List.of());

  private final List<String> names;

  private PolicyStack(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Returns the policies of a storage.
   *
   * @param storage the storage
   * @return its stack, which is empty for a storage that is no policy
   */
  public static PolicyStack of(Storage<?> storage) {
    Optional<PolicyStack> stack = storage.unwrap(PolicyStack.class);
    return stack.orElse(NONE);
  }

  /**
   * Puts a policy in front of a storage.
   *
   * @param policy the service name of the policy
   * @param behind the storage
   * @param refused the service names of policies that must not be behind this one
   * @return the stack of the policy and the storage
   * @throws InvalidOptionException if one of those is behind; the message says which order is right
   */
  static PolicyStack before(String policy, Storage<?> behind, String... refused) {
    PolicyStack stack = of(behind);
    for (String name : refused) {
      if (stack.has(name)) {
        throw new InvalidOptionException(
            name.equals(policy)
                ? "%s cannot stand in front of another %s, which is part of %s: leave one of the two out"
                    .formatted(policy, name, behind)
                : "%s cannot stand in front of %s, which is part of %s: the effect of %s would be lost or undone; put %s in front of %s instead"
                    .formatted(policy, name, behind, name, name, policy));
      }
    }
    List<String> names = new ArrayList<>();
    names.add(policy);
    names.addAll(stack.names);
    return new PolicyStack(names);
  }

  /**
   * Returns whether a policy is in this stack.
   *
   * @param policy its service name
   * @return true if it is
   */
  public boolean has(String policy) {
    return names.contains(policy);
  }

  /**
   * Returns the policies.
   *
   * @return their service names, the foremost first; unmodifiable
   */
  public List<String> names() {
    return names;
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
