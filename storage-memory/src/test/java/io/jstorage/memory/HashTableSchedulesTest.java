package io.jstorage.memory;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Readers without a lock beside writers that have one, in many schedules. */
class HashTableSchedulesTest {
  @Test
  void readersOfAChainThatChangesAndGrowsMissNothing() {
    Schedules.areLinearizable(Schedules.OneByOne.class, OnTable.class);
  }

  @Test
  void writersWithoutALockAreFound() {
    Schedules.areNotLinearizable(Schedules.OneByOne.class, TakesNoLock.class);
  }

  @Test
  void cuttingTheLinkOfARemovedNodeIsDetected() {
    Schedules.areNotLinearizable(Schedules.OneByOne.class, CutsTheChain.class);
  }

  /** A table that is replaced by a larger one at the third entry. */
  @Param(name = "key", gen = IntGen.class, conf = "0:2")
  public static class OnTable {
    final Lock lock = new ReentrantLock();
    private volatile HashTable<Integer> table = new HashTable<>(2);
    private int size;

    public OnTable() {
      put(0, 0);
      put(1, 1);
    }

    void lock() {
      lock.lock();
    }

    void unlock() {
      lock.unlock();
    }

    void takenOut(Node<Integer> node) {}

    private @Nullable Node<Integer> find(int key) {
      return table.find(Schedules.KEYS[key]);
    }

    @Operation
    public void put(@Param(name = "key") int key, int value) {
      lock();
      try {
        write(key, value, find(key));
      } finally {
        unlock();
      }
    }

    private void write(int key, int value, @Nullable Node<Integer> old) {
      String name = Schedules.KEYS[key];
      Node<Integer> node = new Node<>(name, table.hash(name), value, 0);
      if (old != null) {
        table.replace(old, node);
        takenOut(old);
        return;
      }
      if (table.isCrowdedBy(++size)) {
        table = table.doubled(copy -> copy.isolate());
      }
      table.insert(node);
    }

    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
      Node<Integer> node = find(key);
      return node == null ? null : node.value;
    }

    @Operation
    public boolean remove(@Param(name = "key") int key) {
      lock();
      try {
        Node<Integer> node = find(key);
        if (node == null) {
          return false;
        }
        table.remove(node);
        takenOut(node);
        size--;
        return true;
      } finally {
        unlock();
      }
    }
  }

  public static class TakesNoLock extends OnTable {
    @Override
    void lock() {}

    @Override
    void unlock() {}
  }

  public static class CutsTheChain extends OnTable {
    @Override
    void takenOut(Node<Integer> node) {
      node.next(null);
    }
  }
}
