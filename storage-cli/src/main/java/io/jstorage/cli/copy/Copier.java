package io.jstorage.cli.copy;

import io.jstorage.BatchException;
import io.jstorage.InvalidKeyException;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.Outcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/** Copies entries of one storage to another by several threads, in batches. */
public final class Copier<V> {
  private static final int FIRST_BATCH = 16;
  private static final int LARGEST_BATCH = 500;

  /** As much as a batch should have, for each of the threads to find its room in memory. */
  private static final int BATCH_BYTES = 1 << 20;

  private final Source<V> source;
  private final Target target;
  private final Settings settings;
  private final BiConsumer<String, Outcome> failures;
  private final LongConsumer progress;
  private final Tally tally = new Tally();
  private final AtomicInteger batch = new AtomicInteger(FIRST_BATCH);
  private volatile boolean stopped;

  /**
   * How to copy.
   *
   * @param prefix what the keys start with
   * @param jobs how many threads
   * @param mostFailures after how many failures to give up
   */
  public record Settings(String prefix, int jobs, long mostFailures) {}

  /**
   * Takes a source and a target.
   *
   * @param failures told of each key that failed, by any thread
   * @param progress told how many entries are done, by any thread
   */
  public Copier(
      Source<V> source,
      Target target,
      Settings settings,
      BiConsumer<String, Outcome> failures,
      LongConsumer progress) {
    this.source = source;
    this.target = target;
    this.settings = settings;
    this.failures = failures;
    this.progress = progress;
  }

  /** Begins no other batch, on any thread. */
  public void stop() {
    stopped = true;
  }

  /** Returns whether it ended before its time. */
  public boolean wasStopped() {
    return stopped;
  }

  public Tally tally() {
    return tally;
  }

  /** Copies until everything is done or it is stopped. */
  public void run() {
    try (KeyBatches keys = source.keys(settings.prefix())) {
      Workers.run(
          settings.jobs(),
          () -> {
            List<String> next = stopped ? List.of() : keys.next(batch.get());
            copy(next);
            return !next.isEmpty();
          });
    }
  }

  private void copy(List<String> keys) {
    if (keys.isEmpty()) {
      return;
    }
    List<Item> items = source.read(keys, this::done);
    long size = items.stream().mapToLong(item -> item.bytes().length).sum();
    long average = Math.max(1, size / Math.max(1, items.size()));
    batch.set((int) Math.max(1, Math.min(LARGEST_BATCH, BATCH_BYTES / average)));
    target.write(items, this::done);
  }

  private void done(Item item, Outcome outcome) {
    if (outcome.kind() == Kind.WRITTEN) {
      tally.written(item.bytes().length);
      if (item.deadline() != null && !target.expires()) {
        tally.deadlineDropped();
      }
    }
    done(item.key(), outcome);
  }

  private void done(String key, Outcome outcome) {
    tally.count(outcome.kind());
    progress.accept(1);
    if (outcome.kind() == Kind.FAILED) {
      failures.accept(key, outcome);
      if (tally.of(Kind.FAILED) >= settings.mostFailures()) {
        stop();
      }
    }
  }

  /**
   * Deletes entries of the target that the source lacks. An entry that the source cannot be asked
   * for stays.
   *
   * @param dryRun whether they are only counted
   */
  public void deleteOthers(boolean dryRun) {
    try (KeyBatches keys = target.keys(settings.prefix())) {
      Workers.run(
          settings.jobs(),
          () -> {
            List<String> next = stopped ? List.of() : keys.next(FIRST_BATCH);
            delete(next, dryRun);
            return !next.isEmpty();
          });
    }
  }

  private void delete(List<String> keys, boolean dryRun) {
    List<String> others = new ArrayList<>();
    Outage outage = new Outage(Outage.FEW);
    for (String key : keys) {
      try {
        if (!outage.call(() -> source.contains(key))) {
          others.add(key);
        }
      } catch (InvalidKeyException e) {
        others.add(key); // No key of the source.
      } catch (StorageException e) {
        done(key, Outcome.failed(e));
      }
    }
    try {
      if (!dryRun) {
        target.removeAll(others);
      }
      tally.deleted(others.size());
    } catch (BatchException e) {
      tally.deleted(others.size() - e.failures().size());
      e.failures().forEach((key, failure) -> done(key, Outcome.failed(failure)));
    } catch (StorageException e) {
      others.forEach(key -> done(key, Outcome.failed(e)));
    }
  }
}
