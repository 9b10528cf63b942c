package io.jstorage.memory;

/** An entry that was weighed. 64 bytes with compressed references. */
final class WeighedNode<V> extends Node<V> {
  private final long weight;

  WeighedNode(String key, int hash, V value, long version, long weight) {
    super(key, hash, value, version);
    this.weight = weight;
  }

  @Override
  long weight() {
    return weight;
  }

  @Override
  WeighedNode<V> copy(int newHash) {
    WeighedNode<V> copy = new WeighedNode<>(key, newHash, value, version, weight);
    copy.use(lastUse());
    return copy;
  }
}
