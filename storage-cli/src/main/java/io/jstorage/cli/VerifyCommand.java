package io.jstorage.cli;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.KeyBatches;
import io.jstorage.cli.copy.Outage;
import io.jstorage.cli.copy.Workers;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Progress;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.file.ForeignFile;
import io.jstorage.file.ForeignFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decodes everything. */
@Command(
    name = "verify",
    description = {
      "Decodes every entry and lists those that are damaged.",
      "Of a storage of files, also lists the files of its directory that are passed over, and why."
    })
final class VerifyCommand extends BaseCommand {
  private static final int BATCH = 32;

  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Option(names = "--prefix", description = "Only keys that start with this.")
  String prefix = "";

  @Option(names = "--jobs", description = "How many threads (${DEFAULT-VALUE}).")
  int jobs = 8;

  private final Outage outage = new Outage(MOST_FAILURES_IN_A_ROW);
  private final LongAdder sound = new LongAdder();
  private final LongAdder damaged = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  VerifyCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    StorageLocation location = at(url, StorageRole.SUBJECT);
    decodeAll(location);
    long passedOver =
        prefix.isEmpty() && location.format().isPresent() ? foreignFiles(location) : 0;
    long bad = damaged.sum() + unreadable.sum();
    print(
        new Json()
            .with("event", "done")
            .with("sound", sound.sum())
            .with("damaged", damaged.sum())
            .with("unreadable", unreadable.sum())
            .with("passedOver", passedOver),
        "%s decoded, %d damaged, %d not readable, %s passed over."
            .formatted(
                Texts.entries(sound.sum()),
                damaged.sum(),
                unreadable.sum(),
                Texts.count(passedOver, "file", "files")));
    return bad == 0 ? ExitCodes.OK : damaged.sum() > 0 ? ExitCodes.DAMAGED : ExitCodes.FAILED;
  }

  private void decodeAll(StorageLocation location) {
    try (Storage<Object> storage = location.values();
        KeyBatches keys = KeyBatches.of(storage, prefix);
        Progress progress = Progress.on(terminal, "verify", -1)) {
      Workers.run(
          Math.max(1, jobs),
          () -> {
            List<String> batch = keys.next(BATCH);
            batch.forEach(key -> decode(storage, key));
            progress.step(batch.size());
            return !batch.isEmpty();
          });
    }
  }

  private void decode(Storage<Object> storage, String key) {
    try {
      if (outage.call(() -> storage.get(key)).isPresent()) {
        sound.increment();
      }
    } catch (CodecException e) {
      Throwable cause = e.getCause();
      damaged.increment();
      list("damaged", key, cause == null ? e : cause);
    } catch (StorageException e) {
      outage.throwIfFound();
      unreadable.increment();
      list("unreadable", key, e);
    }
  }

  private void list(String event, String key, Throwable failure) {
    print(
        new Json().with("event", event).with("key", key).with("reason", Texts.message(failure)),
        "%s  %s: %s".formatted(event, Texts.shown(key), Texts.message(failure)));
  }

  private long foreignFiles(StorageLocation location) throws IOException {
    try (Storage<byte[]> storage = location.raw()) {
      ForeignFiles files = storage.unwrap(ForeignFiles.class).orElse(null);
      if (files == null) {
        return 0;
      }
      LongAdder count = new LongAdder();
      try (Stream<ForeignFile> found = files.foreignFiles()) {
        found.forEach(
            file -> {
              count.increment();
              print(
                  new Json()
                      .with("event", "passedOver")
                      .with("file", file.name())
                      .with("reason", file.reason()),
                  "passed over  %s: %s".formatted(Texts.shown(file.name()), file.reason()));
            });
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return count.sum();
    }
  }
}
