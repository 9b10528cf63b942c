package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Histogram;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how long calls take. */
@Command(
    name = "bench",
    description = {
      "Measures how long calls take.",
      "Puts, gets and removes entries of its own, one after the other. Other entries are not touched, unless the storage has a limit."
    })
final class BenchCommand extends BaseCommand {
  private static final long[] BOUNDS = {
    3_000,
    10_000,
    30_000,
    100_000,
    300_000,
    1_000_000,
    3_000_000,
    10_000_000,
    30_000_000,
    100_000_000,
    300_000_000,
    1_000_000_000
  };

  @Parameters(index = "0", paramLabel = "URL", description = "The storage; made if need be.")
  String url = "";

  @Option(names = "--count", paramLabel = "N", description = "How many entries (${DEFAULT-VALUE}).")
  int count = 1000;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "How large they are (${DEFAULT-VALUE}).")
  int size = 1024;

  BenchCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (count < 1 || size < 0) {
      throw new UsageException("--count must be at least 1, and --size no less than 0");
    }
    StorageLocation location = at(url, StorageRole.MADE);
    location.requireFormat();
    String prefix = "jstorage-bench-" + UUID.randomUUID() + "-";
    List<String> keys = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    byte[] value = new byte[size];
    new Random(1).nextBytes(value);
    try (Storage<byte[]> storage = location.raw()) {
      List<long[]> all = new ArrayList<>();
      try {
        int trial = Math.min(count, 200);
        measure(keys.subList(0, trial), key -> storage.put(key, value));
        measure(keys.subList(0, trial), storage::get);
        all.add(measure(keys, key -> storage.put(key, value)));
        all.add(measure(keys, storage::get));
      } finally {
        all.add(measure(keys, storage::remove));
      }
      show(location, all);
    }
    return ExitCodes.OK;
  }

  private static long[] measure(List<String> keys, Consumer<String> call) {
    long[] nanos = new long[keys.size()];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      call.accept(keys.get(i));
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private void show(StorageLocation location, List<long[]> all) {
    List<String> names = List.of("put", "get", "remove");
    if (!json) {
      terminal.line("%s: %s of %s".formatted(location, Texts.entries(count), Texts.size(size)));
      terminal.line("%-7s %9s %9s %9s %9s".formatted("", "half", "90 %", "99 %", "longest"));
    }
    for (int i = 0; i < all.size(); i++) {
      long[] sorted = all.get(i).clone();
      Arrays.sort(sorted);
      print(
          new Json()
              .with("operation", names.get(i))
              .with("count", (long) sorted.length)
              .with("p50Micros", at(sorted, 0.5) / 1000.0)
              .with("p90Micros", at(sorted, 0.9) / 1000.0)
              .with("p99Micros", at(sorted, 0.99) / 1000.0)
              .with("maxMicros", at(sorted, 1) / 1000.0),
          "%-7s %9s %9s %9s %9s"
              .formatted(
                  names.get(i),
                  Texts.latency(at(sorted, 0.5)),
                  Texts.latency(at(sorted, 0.9)),
                  Texts.latency(at(sorted, 0.99)),
                  Texts.latency(at(sorted, 1))));
    }
    for (int i = 0; i < all.size() && !json; i++) {
      Histogram histogram = new Histogram(names.get(i), BOUNDS, Texts::latency);
      Arrays.stream(all.get(i)).forEach(histogram::add);
      terminal.line("");
      histogram.lines(Math.min(100, terminal.width())).forEach(terminal::line);
    }
  }

  private static long at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(part * sorted.length))];
  }
}
