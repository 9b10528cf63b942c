package io.jstorage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chains of nodes by the hash of their keys. One writer at a time, under a lock of the caller; any
 * number of readers at any time without one.
 *
 * <p>Why a reader misses nothing: nodes enter a chain at its head or in the place of another node
 * of the same key, never in between. A removed node keeps its link, which leads to all nodes that
 * were behind it and have not been removed. Every node that a reader meets was thus in its chain at
 * some time since the reader began, and a key that exists throughout is met. A table never changes
 * its size; a larger one is made of copies, and readers of the old one continue undisturbed.
 *
 * <p>Keys hash by {@link String#hashCode()} until a chain is too long to be chance. The table is
 * then made again with a hash that depends on a secret seed, so that crafted keys do not turn every
 * operation into a search of all of them.
 */
final class HashTable<V> {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Node[].class);
  private static final int MAX_SLOTS = 1 << 30;

  /** The seed of a table that hashes by {@link String#hashCode()}. */
  private static final long UNSEEDED = 0;

  /** At a load of 3/4 one chain in 10^17 is longer by chance. */
  private static final int LONGEST_CHAIN = 16;

  private final @Nullable Node<V>[] slots;
  private final long seed;

  /** Makes a table of at least so many slots. */
  HashTable(int slots) {
    this(slots, UNSEEDED);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private HashTable(int slots, long seed) {
    this.slots = new Node[Math.min(Integer.highestOneBit(Math.max(slots, 2) - 1) << 1, MAX_SLOTS)];
    this.seed = seed;
  }

  @Nullable Node<V> find(String key) {
    return find(key, hash(key));
  }

  /** Finds the node of a key whose hash is known. */
  @Nullable Node<V> find(String key, int hash) {
    for (Node<V> node = first(hash & (slots.length - 1)); node != null; node = node.next()) {
      if (node.hash == hash && node.key.equals(key)) {
        return node;
      }
    }
    return null;
  }

  int hash(String key) {
    if (seed != UNSEEDED) {
      return seededHash(key);
    }
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }

  /** Multiplies to 128 bits and folds, character by character, as wyhash does word by word. */
  private int seededHash(String key) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      long mixed = hash ^ key.charAt(i);
      hash = Math.multiplyHigh(mixed, seed) ^ (mixed * seed);
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /** Returns whether a number of entries makes the chains longer than they should be. */
  boolean isCrowdedBy(int entries) {
    return entries > slots.length - (slots.length >> 2) && slots.length < MAX_SLOTS;
  }

  /** Returns a table of twice as many slots with copies of these nodes. */
  HashTable<V> doubled(Consumer<Node<V>> copied) {
    return filled(new HashTable<>(slots.length << 1, seed), copied);
  }

  /** Returns a table with copies of these nodes and an unpredictable hash. */
  HashTable<V> reseeded(long newSeed, Consumer<Node<V>> copied) {
    return filled(new HashTable<>(slots.length, newSeed | 1), copied);
  }

  /** The copies find their originals in {@link Link#older}, until {@code placed} has seen them. */
  private HashTable<V> filled(HashTable<V> table, Consumer<Node<V>> placed) {
    for (int slot = 0; slot < slots.length; slot++) {
      for (Node<V> node = first(slot); node != null; node = node.next()) {
        Node<V> copy = node.copy(table.hash(node.key));
        copy.older = node;
        table.insert(copy);
      }
    }
    // All memory has been found: what follows cannot fail.
    for (int slot = 0; slot < table.slots.length; slot++) {
      for (Node<V> copy = table.first(slot); copy != null; copy = copy.next()) {
        placed.accept(copy);
      }
    }
    return table;
  }

  /** Adds a node whose key is not in the table. */
  void insert(Node<V> node) {
    int slot = slotOf(node);
    node.next(first(slot));
    setFirst(slot, node);
  }

  /** Returns whether the chain of a node shows that keys were made to collide. */
  boolean isFlooded(Node<V> node) {
    int length = 0;
    for (Node<V> each = first(slotOf(node)); each != null; each = each.next()) {
      length++;
    }
    return length > LONGEST_CHAIN && seed == UNSEEDED;
  }

  /** Puts a node into the place of another of the same key and hash. */
  void replace(Node<V> old, Node<V> node) {
    node.next(old.next());
    relink(old, node);
  }

  void remove(Node<V> node) {
    relink(node, node.next());
  }

  /** Replaces the link to {@code node} by one to {@code target}. */
  private void relink(Node<V> node, @Nullable Node<V> target) {
    int slot = slotOf(node);
    Node<V> before = Objects.requireNonNull(first(slot));
    if (before == node) {
      setFirst(slot, target);
      return;
    }
    Node<V> after;
    while ((after = Objects.requireNonNull(before.next())) != node) {
      before = after;
    }
    before.next(target);
  }

  private int slotOf(Node<V> node) {
    return node.hash & (slots.length - 1);
  }

  @SuppressWarnings("unchecked")
  private @Nullable Node<V> first(int slot) {
    return (Node<V>) SLOT.getAcquire(slots, slot);
  }

  private void setFirst(int slot, @Nullable Node<V> node) {
    SLOT.setRelease(slots, slot, node);
  }

  void forEach(Consumer<Node<V>> action) {
    for (int slot = 0; slot < slots.length; slot++) {
      for (Node<V> node = first(slot); node != null; node = node.next()) {
        action.accept(node);
      }
    }
  }

  /** The keys, weakly consistent: all that exist throughout, and none twice. */
  Spliterator<String> keys() {
    return new KeyIterator();
  }

  private final class KeyIterator extends Spliterators.AbstractSpliterator<String> {
    private int slot;
    private @Nullable Node<V> node;

    KeyIterator() {
      super(Long.MAX_VALUE, DISTINCT | NONNULL);
    }

    @Override
    public boolean tryAdvance(Consumer<? super String> action) {
      Node<V> next = node == null ? null : node.next();
      while (next == null && slot < slots.length) {
        next = first(slot++);
      }
      node = next;
      if (next == null) {
        return false;
      }
      action.accept(next.key);
      return true;
    }
  }
}
