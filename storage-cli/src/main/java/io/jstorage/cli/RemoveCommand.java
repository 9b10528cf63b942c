package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.copy.KeyBatches;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes entries. */
@Command(
    name = "rm",
    description = {
      "Removes entries.",
      "On a terminal it asks first; without one, --prefix needs --yes."
    })
final class RemoveCommand extends BaseCommand {
  private static final int BATCH = 500;

  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Parameters(index = "1..*", paramLabel = "KEY", description = "The keys.")
  List<String> keys = new ArrayList<>();

  @Option(names = "--prefix", description = "All entries whose keys start with this; '' means all.")
  @Nullable String prefix;

  @Option(names = "--expired", description = "The entries that have expired.")
  boolean expired;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  RemoveCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    int ways = (keys.isEmpty() ? 0 : 1) + (prefix == null ? 0 : 1) + (expired ? 1 : 0);
    if (ways != 1) {
      throw new UsageException("name keys, or give --prefix, or --expired: one of the three");
    }
    StorageLocation location = at(url, StorageRole.SUBJECT);
    try (Storage<?> storage = open(location)) {
      if (expired) {
        return purge(storage, location);
      }
      return prefix == null
          ? removeKeys(storage, location)
          : removePrefix(storage, location, prefix);
    }
  }

  private boolean agreed(String question) {
    return yes || !terminal.outIsTerminal() || terminal.prompt().confirm(question);
  }

  private int nothing() {
    terminal.note("Nothing was removed.");
    return ExitCodes.FAILED;
  }

  private int purge(Storage<?> storage, StorageLocation location) {
    if (!agreed("Remove the expired entries of %s?".formatted(location))) {
      return nothing();
    }
    return removed(storage.purgeExpired());
  }

  private int removeKeys(Storage<?> storage, StorageLocation location) {
    String what = keys.size() == 1 ? Texts.shown(keys.get(0)) : Texts.entries(keys.size());
    if (!agreed("Remove %s from %s?".formatted(what, location))) {
      return nothing();
    }
    long removed = 0;
    for (String key : keys) {
      boolean existed = storage.remove(key);
      removed += existed ? 1 : 0;
      if (!existed) {
        terminal.note("jstorage: there is no %s in %s".formatted(Texts.shown(key), location));
      }
    }
    removed(removed);
    return removed == keys.size() ? ExitCodes.OK : ExitCodes.NOT_FOUND;
  }

  private int removePrefix(Storage<?> storage, StorageLocation location, String start) {
    if (!yes && !terminal.outIsTerminal()) {
      throw new UsageException("--prefix removes many entries: without a terminal it needs --yes");
    }
    if (!yes) {
      long count;
      try (Stream<String> found = storage.keys(start)) {
        count = found.count();
      }
      if (count == 0) {
        return removed(0);
      }
      if (!agreed("Remove %s from %s?".formatted(Texts.entries(count), location))) {
        return nothing();
      }
    }
    long removed = 0;
    try (KeyBatches batches = KeyBatches.of(storage, start)) {
      List<String> batch = batches.next(BATCH);
      while (!batch.isEmpty()) {
        storage.removeAll(batch);
        removed += batch.size();
        batch = batches.next(BATCH);
      }
    }
    return removed(removed);
  }

  private int removed(long count) {
    print(new Json().with("removed", count), "Removed " + Texts.entries(count) + ".");
    return ExitCodes.OK;
  }
}
