package io.jstorage.redis;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of a store in Redis, wherever the servers are. Each store has a namespace. */
abstract class RedisStoreContract extends ByteStoreContract {
  private static final AtomicInteger OPENED = new AtomicInteger();
  private String namespace = "";

  /** Begins to open a store. */
  abstract RedisStoreBuilder builder();

  /** Empties the servers: what earlier tests left there makes listings slow. */
  abstract void flush();

  private RedisStoreBuilder named(String name) {
    return builder().timeout(Opened.PATIENT).namespace(name);
  }

  @Override
  public ByteStore openStore(SettableClock clock) {
    namespace = "contract:" + OPENED.incrementAndGet();
    return named(namespace).open();
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(named(namespace).storage(Codecs.text()));
  }

  /** Its namespace begins with the other's. */
  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(named(namespace + ":neighbour").storage(Codecs.text()));
  }

  /** The servers have clocks of their own. */
  @Override
  public boolean usesClock() {
    return false;
  }

  @Override
  public void release() {
    flush();
  }

  @Override
  public int rounds() {
    return 20;
  }

  @Override
  public int fuzzedKeys() {
    return 300;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(50).check();
  }
}
