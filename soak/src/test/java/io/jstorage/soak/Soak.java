package io.jstorage.soak;

import io.jstorage.redis.server.RedisServer;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.soak.Subject.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * All storages at once: threads that work on them, processes on the same files that are killed, a
 * Redis that is killed, an S3 server that fails now and then, interrupts, and storages that are
 * closed and opened again.
 */
final class Soak {
  private static final int WORKERS = 2;
  private static final int CHILDREN = 2;
  private static final int S3_FAULTS_PERCENT = 3;
  private static final long REPORT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final String BUCKET = "soak";

  private final Path root;
  private final long start = System.nanoTime();
  private final long nanos;
  private final SplittableRandom seeds;
  private final Tally tally = new Tally();
  private final List<Opened> all = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  Soak(Path root, Duration time, long seed) {
    this.root = root;
    this.nanos = time.toNanos();
    this.seeds = new SplittableRandom(seed);
  }

  /** The names of a worker's keys. */
  static String writer(int number) {
    return "parent" + number;
  }

  /** Runs, closes all that it opened, and tells what happened. */
  Tally run() throws Exception {
    try (RedisServer redis = RedisServer.builder().durable().start();
        S3ProxyServer s3 = S3ProxyServer.start();
        FaultProxy proxy = s3.proxy()) {
      open(redis, s3, proxy);
      // The workers go on until the servers are well again, and then compare all.
      AtomicInteger troubles = new AtomicInteger();
      BooleanSupplier working = () -> goesOn() || troubles.get() > 0;
      startWorkers(working);
      trouble(troubles, "redis", random -> killRedis(redis, random));
      trouble(troubles, "s3", random -> disturb(proxy));
      trouble(troubles, "reopening", this::reopen);
      report();
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      all.forEach(Opened::close);
    }
    return tally;
  }

  /**
   * Until the time is up, and on a slow machine until each kind of trouble has come about too; but
   * no longer than promises are kept.
   */
  private boolean goesOn() {
    return tally.isSound()
        && (System.nanoTime() - start < nanos
            || tally.events("processes killed") < CHILDREN
            || tally.events("redis killed") == 0
            || all.stream().anyMatch(each -> tally.operationsOf(each.subject().name()) == 0));
  }

  private void open(RedisServer redis, S3ProxyServer s3, FaultProxy proxy) {
    s3.createBucket(BUCKET);
    List<Subject> subjects = new ArrayList<>(Subject.inMemory());
    subjects.addAll(Subject.inFiles(root));
    subjects.add(Subject.volatileOverFiles(root));
    subjects.addAll(Subject.inRedis(redis.host(), redis.port()));
    subjects.add(
        Subject.inS3(proxy.endpoint(), BUCKET, S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY));
    for (Subject subject : subjects) {
      all.add(new Opened(subject, tally));
    }
  }

  private void startWorkers(BooleanSupplier working) {
    Interrupts interrupts = new Interrupts();
    for (Opened opened : all) {
      for (int i = 0; i < WORKERS; i++) {
        Worker worker = new Worker(i, writer(i), opened, tally, Journal.NONE, seeds.nextLong());
        worker.watch(Worker.keys(writer(WORKERS - 1 - i)));
        if (opened.subject().kind() == Kind.SHARED_FILES) {
          worker.watch(Worker.keys(ChildMain.writer("0")));
        }
        thread(opened + " " + i, () -> worker.run(working, interrupts));
      }
    }
    for (int i = 0; i < CHILDREN; i++) {
      Child child = new Child(root, Integer.toString(i), tally, seeds.nextLong());
      thread("child " + i, () -> child.run(this::goesOn));
    }
    SplittableRandom random = seeds.split();
    thread("interrupts", () -> interrupts.run(random, working, () -> tally.event("interrupts")));
    List<Subject> cleared =
        all.stream().map(Opened::subject).filter(each -> each.kind() != Kind.MEMORY).toList();
    Clearing clearing = new Clearing(cleared, tally, seeds.nextLong());
    thread("clearing", () -> clearing.run(working));
  }

  /** Makes one kind of trouble now and then, and leaves things in order at the end. */
  private void trouble(AtomicInteger troubles, String name, Trouble trouble) {
    SplittableRandom random = seeds.split();
    troubles.incrementAndGet();
    thread(
        name,
        () -> {
          try {
            while (goesOn()) {
              trouble.make(random);
            }
          } finally {
            troubles.decrementAndGet();
          }
        });
  }

  /** A fault that happens once, after a wait. */
  @FunctionalInterface
  private interface Trouble {
    void make(SplittableRandom random);
  }

  private void killRedis(RedisServer redis, SplittableRandom random) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200, 1500)).toNanos());
    redis.kill();
    redis.restart();
    tally.event("redis killed");
  }

  private void disturb(FaultProxy proxy) {
    proxy.on(request -> ThreadLocalRandom.current().nextInt(100) < S3_FAULTS_PERCENT, Fault.any());
    while (goesOn()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    proxy.heal();
  }

  private void reopen(SplittableRandom random) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(20, 300)).toNanos());
    Opened opened = all.get(random.nextInt(all.size()));
    try {
      opened.reopen();
    } catch (RuntimeException e) {
      tally.failure(opened.subject().name(), "opening, " + e.getClass().getSimpleName());
      if (opened.subject().kind() != Kind.SERVER) {
        tally.violation(opened.subject() + ", opening", e);
      }
    }
  }

  private void report() {
    long next = start + REPORT_NANOS;
    while (goesOn()) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      if (System.nanoTime() > next) {
        System.out.printf(
            "after %d s: %s%n%s%n",
            (System.nanoTime() - start) / 1_000_000_000, Resources.now(), tally);
        next += REPORT_NANOS;
      }
    }
  }

  private void thread(String name, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (RuntimeException | Error e) {
                tally.violation(name + " ended", e);
              }
            },
            "soak " + name);
    threads.add(thread);
    thread.start();
  }
}
