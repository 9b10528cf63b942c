package io.jstorage.cli;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.KeyBatches;
import io.jstorage.cli.copy.Outage;
import io.jstorage.cli.copy.Workers;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists keys. */
@Command(
    name = "ls",
    description = {
      "Lists the keys.",
      "As they come and in no order; no number of them is too large."
    })
final class ListCommand extends BaseCommand {
  private static final int BATCH = 32;

  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "Only keys that start with it.")
  String prefix = "";

  @Option(
      names = {"-l", "--long"},
      description = "Also size, age and remaining time of each entry, which is read for it.")
  boolean details;

  @Option(
      names = {"-0", "--null"},
      description = "End each key with a zero byte, for xargs -0.")
  boolean zero;

  @Option(names = "--jobs", description = "How many threads read for -l (${DEFAULT-VALUE}).")
  int jobs = 8;

  ListCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (Storage<?> storage = open(at(url, StorageRole.SUBJECT))) {
      return details ? listEntries(storage) : listKeys(storage);
    }
  }

  private int listKeys(Storage<?> storage) {
    try (Stream<String> keys = storage.keys(prefix)) {
      keys.forEach(
          key -> {
            if (zero) {
              terminal.bytes((key + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
              print(new Json().with("key", key), Texts.shown(key));
            }
          });
    }
    return ExitCodes.OK;
  }

  private int listEntries(Storage<?> storage) {
    Outage outage = new Outage(MOST_FAILURES_IN_A_ROW);
    LongAdder failures = new LongAdder();
    if (!json) {
      terminal.line("%9s %12s %12s  %s".formatted("size", "age", "expires in", "key"));
    }
    try (KeyBatches keys = KeyBatches.of(storage, prefix)) {
      Workers.run(
          Math.max(1, jobs),
          () -> {
            List<String> batch = keys.next(BATCH);
            for (String key : batch) {
              list(storage, key, outage, failures);
            }
            return !batch.isEmpty();
          });
    }
    return failures.sum() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void list(Storage<?> storage, String key, Outage outage, LongAdder failures) {
    try {
      outage.call(() -> storage.entry(key)).ifPresent(entry -> list(key, entry));
    } catch (StorageException e) {
      outage.throwIfFound();
      failures.increment();
      terminal.note("jstorage: " + Texts.message(e));
      print(
          new Json().with("key", key).with("error", Texts.message(e)),
          "%9s %12s %12s  %s".formatted("?", "?", "?", Texts.shown(key)));
    }
  }

  private void list(String key, Entry<?> entry) {
    Instant now = Instant.now();
    Optional<Long> size = Optional.empty();
    if (entry.value() instanceof byte[] bytes) {
      size = Optional.of((long) bytes.length);
    }
    Json object =
        new Json()
            .with("key", key)
            .with("size", size)
            .with("writtenAt", entry.writtenAt())
            .with("expiresAt", entry.expiresAt());
    String text =
        "%9s %12s %12s  %s"
            .formatted(
                size.map(Texts::size).orElse("-"),
                entry.writtenAt().map(at -> Texts.time(Duration.between(at, now))).orElse("-"),
                entry.expiresAt().map(at -> Texts.time(Duration.between(now, at))).orElse("-"),
                Texts.shown(key));
    print(object, text);
  }
}
