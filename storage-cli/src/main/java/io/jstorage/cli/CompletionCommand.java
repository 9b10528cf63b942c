package io.jstorage.cli;

import io.jstorage.cli.terminal.Json;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script for the completion of commands. */
@Command(
    name = "completion",
    description = {
      "Prints a script by which bash and zsh complete.",
      "Use it so: source <(jstorage completion)"
    })
final class CompletionCommand extends BaseCommand {
  @Spec @Nullable CommandSpec spec;

  CompletionCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (spec != null) {
      String script = AutoComplete.bash("jstorage", spec.root().commandLine());
      print(new Json().with("script", script), script.stripTrailing());
    }
    return ExitCodes.OK;
  }
}
