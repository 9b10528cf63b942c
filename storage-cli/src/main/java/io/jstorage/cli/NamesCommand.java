package io.jstorage.cli;

import io.jstorage.cli.terminal.Json;
import io.jstorage.provider.StorageDescription;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the storages that there are. */
@Command(name = "names", description = "Lists the storages that there are, with their URL schemes.")
final class NamesCommand extends BaseCommand {
  NamesCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    for (String name : resolver().provider().names()) {
      StorageDescription description = resolver().provider().describe(name);
      List<String> schemes = description.schemes().stream().sorted().map(s -> s + ":").toList();
      print(
          new Json().with("name", name).with("schemes", schemes),
          "%-24s %s".formatted(name, String.join(" ", schemes)));
    }
    return ExitCodes.OK;
  }
}
