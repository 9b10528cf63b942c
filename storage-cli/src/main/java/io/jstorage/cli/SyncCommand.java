package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.copy.Copier;
import io.jstorage.cli.copy.Outcome.Kind;
import io.jstorage.cli.copy.Target;
import io.jstorage.cli.location.UsageException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the target equal to the source. */
@Command(
    name = "sync",
    description = {
      "Makes a storage equal to another one.",
      "Copies as cp does, and deletes what the source lacks if --delete is given. Nothing is deleted after a failure."
    })
final class SyncCommand extends TransferCommand {
  @Option(names = "--delete", description = "Delete entries that the source lacks.")
  boolean delete;

  @Option(
      names = {"-y", "--yes"},
      description = "Delete also if the source is empty.")
  boolean yes;

  SyncCommand(Context context) {
    super(context);
  }

  @Override
  boolean keepExisting() {
    return false;
  }

  @Override
  void deleteOthers(Copier<?> copier, Target target, Storage<?> source) {
    if (!delete || copier.wasStopped()) {
      return;
    }
    if (copier.tally().of(Kind.FAILED) > 0) {
      terminal.note("Nothing is deleted, as something failed before.");
      return;
    }
    if (!yes && !dryRun && isEmpty(source)) {
      throw new UsageException(
          "the source has no entry under this prefix, so that all of the target would be deleted: give --yes if that is meant");
    }
    copier.deleteOthers(dryRun);
  }

  private boolean isEmpty(Storage<?> source) {
    try (Stream<String> keys = source.keys(prefix)) {
      return keys.findAny().isEmpty();
    }
  }

  @Override
  String task() {
    return "sync";
  }
}
