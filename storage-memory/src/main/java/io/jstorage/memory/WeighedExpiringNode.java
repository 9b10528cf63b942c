package io.jstorage.memory;

/** An entry with a deadline that was weighed. 88 bytes with compressed references. */
final class WeighedExpiringNode<V> extends ExpiringNode<V> {
  private final long weight;

  WeighedExpiringNode(String key, int hash, V value, long version, long deadline, long weight) {
    super(key, hash, value, version, deadline);
    this.weight = weight;
  }

  @Override
  long weight() {
    return weight;
  }

  @Override
  WeighedExpiringNode<V> copy(int newHash) {
    WeighedExpiringNode<V> copy =
        new WeighedExpiringNode<>(key, newHash, value, version, deadline, weight);
    copy.use(lastUse());
    return copy;
  }
}
