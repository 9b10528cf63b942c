package io.jstorage.cli;

import io.jstorage.Option;
import io.jstorage.cli.terminal.Json;
import io.jstorage.provider.StorageDescription;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes a storage. */
@Command(name = "describe", description = "Shows the options that a storage takes.")
final class DescribeCommand extends BaseCommand {
  @Parameters(paramLabel = "NAME", description = "A name that 'names' lists: storage.json")
  String name = "";

  DescribeCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    StorageDescription description = resolver().provider().describe(name);
    List<Object> options = description.options().stream().map(DescribeCommand::json).toList();
    print(
        new Json()
            .with("name", name)
            .with("schemes", description.schemes().stream().sorted().toList())
            .with("options", options),
        description.toString());
    return ExitCodes.OK;
  }

  private static Object json(Option<?> option) {
    return new Json()
        .with("name", option.name())
        .with("takes", option.expected())
        .with("required", option.isRequired())
        .with("secret", option.isSecret())
        .with("default", option.isSecret() ? null : option.defaultValue().map(String::valueOf))
        .with("description", option.description())
        .toMap();
  }
}
