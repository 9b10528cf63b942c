package io.jstorage.redis;

import io.jstorage.spi.Backoff;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * Reports changes to one listener: by a connection to each master, each with a thread that reads,
 * and by a thread that keeps these connections. The latter checks every {@link #interval} whether
 * the masters are still the same, sends each of them a PING, and connects again to those that were
 * lost.
 */
final class RedisChangeFeed implements Closeable {
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final Nodes nodes;
  private final RedisKeys keys;
  private final ChangeListener listener;
  private final Duration silence;
  private final Duration interval;
  private final Thread keeper;

  /** The connections to the masters. Changed by the keeper only. */
  private final Map<HostAndPort, Tail> tails = new HashMap<>();

  /** Held while the listener is called, so that its calls never overlap. */
  private final ReentrantLock delivery = new ReentrantLock();

  /** Whether every change is reported now. Guarded by {@link #delivery}. */
  private boolean complete;

  private volatile boolean started;
  private volatile boolean closed;

  private RedisChangeFeed(Nodes nodes, RedisKeys keys, ChangeListener listener, Duration timeout) {
    this.nodes = nodes;
    this.keys = keys;
    this.listener = listener;
    Duration third = timeout.dividedBy(3).plusMillis(1);
    this.interval = third.compareTo(LONGEST_INTERVAL) < 0 ? third : LONGEST_INTERVAL;
    // The keeper may wait for one server, for a time-out, before it sends a PING to others.
    this.silence = timeout.plus(interval.multipliedBy(2));
    this.keeper = daemon("keeper", this::keep);
  }

  /** Starts a feed, and returns when every change is reported. Throws Jedis' own exceptions. */
  static RedisChangeFeed start(
      Nodes nodes, RedisKeys keys, ChangeListener listener, Duration timeout) {
    RedisChangeFeed feed = new RedisChangeFeed(nodes, keys, listener, timeout);
    boolean started = false;
    try {
      feed.connect();
      feed.complete = true;
      feed.started = true;
      feed.tails.values().forEach(tail -> tail.reader.start());
      feed.keeper.start();
      started = true;
      return feed;
    } finally {
      if (!started) {
        feed.tails.values().forEach(Tail::end);
      }
    }
  }

  private static Thread daemon(String part, Runnable task) {
    Thread thread = new Thread(task, "jstorage-redis-changes-" + part);
    thread.setDaemon(true);
    return thread;
  }

  /** The connection to one master, and the thread that reads from it. */
  private final class Tail {
    private final Pool<Connection> pool;
    private final InvalidationConnection connection;
    private final Thread reader = daemon("reader", this::read);
    private volatile boolean broken;

    Tail(Pool<Connection> pool) {
      this.pool = pool;
      this.connection = InvalidationConnection.open(pool, keys.prefix(), silence);
    }

    private void read() {
      try {
        while (!broken) {
          List<byte[]> names = connection.read();
          if (names == null) {
            lost();
            LockSupport.unpark(keeper);
          } else {
            names.forEach(this::report);
          }
        }
      } catch (RuntimeException | Error e) {
        if (!broken) {
          lose();
        }
        if (e instanceof Error error) {
          throw error;
        }
      }
    }

    private void report(byte[] name) {
      String key = keys.keyOf(name);
      if (key != null) {
        deliver(() -> listener.changed(key));
      }
    }

    /** Has the keeper replace the connection. */
    void lose() {
      broken = true;
      lost();
      LockSupport.unpark(keeper);
    }

    void end() {
      broken = true;
      try {
        connection.close();
      } catch (JedisException e) {
        // It was broken already.
      }
    }
  }

  private void lost() {
    deliver(
        () -> {
          complete = false;
          listener.lost();
        });
  }

  private void deliver(Runnable call) {
    delivery.lock();
    try {
      if (!closed) {
        call(call);
      }
    } finally {
      delivery.unlock();
    }
  }

  private static void call(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // The fault of the listener must not end the feed.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void keep() {
    Backoff backoff = null;
    while (!closed) {
      try {
        tails.values().forEach(RedisChangeFeed::keepAlive);
        connect();
        resume();
        backoff = null;
        LockSupport.parkNanos(this, interval.toNanos());
      } catch (RuntimeException e) {
        lost();
        backoff = backoff == null ? Backoff.between(FIRST_PAUSE, LONGEST_INTERVAL) : backoff;
        LockSupport.parkNanos(this, backoff.nextNanos());
      }
      Thread.interrupted(); // No other object uses this thread.
    }
    tails.values().forEach(Tail::end);
  }

  private static void keepAlive(Tail tail) {
    try {
      if (!tail.broken) {
        tail.connection.ping();
      }
    } catch (JedisException e) {
      tail.lose();
    }
  }

  /** Connects to the masters that have no connection, or a broken one. */
  private void connect() {
    List<HostAndPort> masters = nodes.masters();
    tails.entrySet().removeIf(each -> isOutdated(each.getKey(), each.getValue(), masters));
    for (HostAndPort master : masters) {
      if (closed) {
        throw new JedisConnectionException("the feed was closed");
      }
      if (!tails.containsKey(master)) {
        // Until the connection is made, the changes of that master are missed.
        if (started) {
          lost();
        }
        Tail tail = new Tail(nodes.poolOf(master));
        tails.put(master, tail);
        if (started) {
          tail.reader.start();
        }
      }
    }
  }

  private boolean isOutdated(HostAndPort master, Tail tail, List<HostAndPort> masters) {
    // Another server behind Sentinels has a pool of its own.
    boolean current =
        !tail.broken
            && !tail.pool.isClosed()
            && masters.contains(master)
            && tail.pool == nodes.poolOf(master);
    if (!current) {
      lost();
      tail.end();
    }
    return !current;
  }

  private void resume() {
    deliver(
        () -> {
          if (!complete && tails.values().stream().noneMatch(tail -> tail.broken)) {
            complete = true;
            listener.resumed();
          }
        });
  }

  /** Ends the reports, after a call of the listener that is in flight. */
  @Override
  public void close() {
    end(() -> {});
  }

  /** Ends the reports as {@link #close} does, and says so. */
  void closeWithStore() {
    end(listener::lost);
  }

  private void end(Runnable lastCall) {
    closed = true; // No call begins after this; one that is in flight is waited for below.
    LockSupport.unpark(keeper);
    Deadline deadline = Deadline.in(silence); // A listener that hangs must not hold up the closing.
    try {
      if (deadline.acquire(delivery)) {
        try {
          call(lastCall);
        } finally {
          delivery.unlock();
        }
      }
    } finally {
      deadline.close();
    }
    boolean byListener = delivery.isHeldByCurrentThread();
    if (!byListener && Thread.currentThread() != keeper) {
      awaitKeeper();
    }
  }

  /** The keeper closes the connections; it may wait for a server first, but only for a time-out. */
  private void awaitKeeper() {
    boolean interrupted = false;
    long end = System.nanoTime() + silence.toNanos();
    for (long left; keeper.isAlive() && (left = end - System.nanoTime()) > 0; ) {
      try {
        keeper.join(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
