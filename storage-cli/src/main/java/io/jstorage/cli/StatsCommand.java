package io.jstorage.cli;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.KeyBatches;
import io.jstorage.cli.copy.Outage;
import io.jstorage.cli.copy.Workers;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Histogram;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Progress;
import io.jstorage.cli.terminal.Svg;
import io.jstorage.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws how large and how old entries are. */
@Command(
    name = "stats",
    description = {
      "Draws how large and how old entries are.",
      "Reads every entry. Ages, and times until expiry, are drawn where the storage knows them."
    })
final class StatsCommand extends BaseCommand {
  private static final int BATCH = 32;
  private static final long[] SIZES =
      LongStream.rangeClosed(4, 30).filter(n -> n % 2 == 0).map(n -> 1L << n).toArray();
  private static final long[] SECONDS = {
    1, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400
  };
  private static final List<String> SECOND_NAMES =
      List.of("1 s", "1 min", "10 min", "1 h", "6 h", "1 day", "1 week", "30 days", "1 year");

  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Option(names = "--prefix", description = "Only keys that start with this.")
  String prefix = "";

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw into a file too.")
  @Nullable Path svg;

  @Option(names = "--jobs", description = "How many threads (${DEFAULT-VALUE}).")
  int jobs = 8;

  private final Histogram sizes = new Histogram("Sizes", SIZES, Texts::size);
  private final Histogram ages = new Histogram("Ages", SECONDS, StatsCommand::name);
  private final Histogram deadlines =
      new Histogram("Time until expiry", SECONDS, StatsCommand::name);
  private final Outage outage = new Outage(MOST_FAILURES_IN_A_ROW);
  private final LongAdder count = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dated = new LongAdder();
  private final LongAdder expiring = new LongAdder();
  private final LongAccumulator largest = new LongAccumulator(Math::max, 0);

  StatsCommand(Context context) {
    super(context);
  }

  private static String name(long seconds) {
    for (int i = 0; i < SECONDS.length; i++) {
      if (SECONDS[i] == seconds) {
        return SECOND_NAMES.get(i);
      }
    }
    return seconds + " s";
  }

  @Override
  public Integer call() throws IOException {
    if (svg != null && Files.isDirectory(svg)) {
      throw new UsageException("%s is a directory: name a file".formatted(svg));
    }
    StorageLocation location = at(url, StorageRole.SUBJECT);
    try (Storage<?> storage = open(location);
        KeyBatches keys = KeyBatches.of(storage, prefix);
        Progress progress = Progress.on(terminal, "stats", -1)) {
      Workers.run(
          Math.max(1, jobs),
          () -> {
            List<String> batch = keys.next(BATCH);
            batch.forEach(key -> measure(storage, key));
            progress.step(batch.size());
            return !batch.isEmpty();
          });
    }
    List<Histogram> drawn = new ArrayList<>(List.of(sizes));
    if (dated.sum() > 0) {
      drawn.add(ages);
    }
    if (expiring.sum() > 0) {
      drawn.add(deadlines);
    }
    show(location, drawn);
    if (svg != null) {
      try {
        Files.writeString(svg, Svg.of(location.toString(), drawn));
      } catch (IOException e) {
        throw new IOException("cannot write %s: %s".formatted(svg, e.getMessage()), e);
      }
    }
    return failed.sum() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void measure(Storage<?> storage, String key) {
    try {
      outage.call(() -> storage.entry(key)).ifPresent(this::measure);
    } catch (StorageException e) {
      outage.throwIfFound();
      failed.increment();
    }
  }

  private void measure(Entry<?> entry) {
    count.increment();
    Instant now = Instant.now();
    if (entry.value() instanceof byte[] value) {
      sizes.add(value.length);
      bytes.add(value.length);
      largest.accumulate(value.length);
    }
    entry
        .writtenAt()
        .ifPresent(
            at -> {
              dated.increment();
              ages.add(Duration.between(at, now).toSeconds());
            });
    entry
        .expiresAt()
        .ifPresent(
            at -> {
              expiring.increment();
              deadlines.add(Duration.between(now, at).toSeconds());
            });
  }

  private void show(StorageLocation location, List<Histogram> drawn) {
    if (json) {
      Json object =
          new Json()
              .with("entries", count.sum())
              .with("bytes", bytes.sum())
              .with("largest", largest.get())
              .with("withDeadline", expiring.sum())
              .with("failed", failed.sum());
      for (Histogram histogram : drawn) {
        object.with(
            histogram.title(),
            histogram.bars().stream()
                .map(
                    bar -> new Json().with("range", bar.label()).with("count", bar.count()).toMap())
                .toList());
      }
      terminal.line(object.toString());
      return;
    }
    long mean = count.sum() == 0 ? 0 : bytes.sum() / count.sum();
    terminal.line(
        "%s: %s, %s, mean %s, largest %s"
            .formatted(
                location,
                Texts.entries(count.sum()),
                Texts.size(bytes.sum()),
                Texts.size(mean),
                Texts.size(largest.get())));
    for (Histogram histogram : drawn) {
      terminal.line("");
      histogram.lines(Math.min(100, terminal.width())).forEach(terminal::line);
    }
    if (failed.sum() > 0) {
      terminal.note(
          "jstorage: %s could not be read; 'verify' says why"
              .formatted(Texts.entries(failed.sum())));
    }
  }
}
