package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.PolicyStack;
import io.jstorage.spi.Storages;
import java.util.List;
import java.util.Optional;

/** A storage as a store that tells which policies it is made of: what all policies here extend. */
abstract class PolicyStore<V> extends ForwardingStore<V> {
  private final PolicyStack stack;

  /**
   * @param refused the policies that must not be behind this one
   */
  PolicyStore(String policy, Storage<V> behind, String... refused) {
    super(Storages.asStore(behind));
    this.stack = PolicyStack.before(policy, behind, refused);
  }

  /** The resources that a policy closes: the storage behind, unless that is borrowed. */
  static List<AutoCloseable> owned(Storage<?> behind, boolean owned) {
    return owned ? List.of(behind) : List.of();
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == PolicyStack.class ? Optional.of(type.cast(stack)) : super.unwrap(type);
  }
}
