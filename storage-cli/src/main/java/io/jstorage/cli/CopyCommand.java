package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.copy.Copier;
import io.jstorage.cli.copy.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies entries. */
@Command(
    name = "cp",
    description = {
      "Copies entries from one storage to another.",
      "Reads back what it wrote. Entries that the target has already are not written again, so that a second run goes on where a first one ended. Deadlines are kept where both storages keep such. Between equal formats the stored bytes are copied as they are; otherwise each value is decoded and encoded."
    })
final class CopyCommand extends TransferCommand {
  @Option(
      names = "--keep-existing",
      description = "Keep an entry of the target that has another value.")
  boolean keepExisting;

  CopyCommand(Context context) {
    super(context);
  }

  @Override
  boolean keepExisting() {
    return keepExisting;
  }

  @Override
  void deleteOthers(Copier<?> copier, Target target, Storage<?> source) {
    // A copy deletes nothing.
  }

  @Override
  String task() {
    return "cp";
  }
}
