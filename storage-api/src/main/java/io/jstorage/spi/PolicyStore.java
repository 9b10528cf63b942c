package io.jstorage.spi;

import io.jstorage.Storage;
import java.util.List;
import java.util.Optional;

/**
 * The store of a policy in front of a storage. It passes every call on as {@link ForwardingStore}
 * does, and reports the {@linkplain PolicyStack policies} of which it is the foremost. Other powers
 * of the storage behind would bypass the policy and are not found, except its {@link ChangeFeed}.
 *
 * @param <V> the type of the values
 */
public abstract class PolicyStore<V> extends ForwardingStore<V> {
  private final PolicyStack stack;

  /**
   * Makes a store in front of a storage.
   *
   * @param policy the service name of the policy
   * @param behind the storage, which this store does not close
   * @param refused the service names of policies that must not be behind this one
   * @throws io.jstorage.InvalidOptionException if one of those is behind; the message says which
   *     order is right
   */
  protected PolicyStore(String policy, Storage<V> behind, String... refused) {
    super(Storages.asStore(behind));
    this.stack = PolicyStack.before(policy, behind, refused);
  }

  /**
   * Returns the policies, this one first.
   *
   * @return the stack
   */
  protected final PolicyStack stack() {
    return stack;
  }

  /**
   * Returns the storages that a policy closes.
   *
   * @param behind the storage behind
   * @param owned whether the policy owns it
   * @return the storage, or nothing if it is borrowed; unmodifiable
   */
  public static List<AutoCloseable> owned(Storage<?> behind, boolean owned) {
    return owned ? List.of(behind) : List.of();
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == PolicyStack.class ? Optional.of(type.cast(stack)) : super.unwrap(type);
  }
}
