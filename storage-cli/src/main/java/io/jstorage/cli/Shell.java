package io.jstorage.cli;

import io.jstorage.CodecException;
import io.jstorage.InvalidKeyException;
import io.jstorage.InvalidOptionException;
import io.jstorage.KeyNotFoundException;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.UnknownStorageException;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.ClosedPipeException;
import io.jstorage.cli.terminal.OutputException;
import io.jstorage.cli.terminal.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The commands, and what their failures mean. */
final class Shell {
  private final Context context;
  private final CommandLine commands;

  Shell(Context context) {
    this.context = context;
    this.commands =
        new CommandLine(new Root())
            .addSubcommand(new NamesCommand(context))
            .addSubcommand(new DescribeCommand(context))
            .addSubcommand(new ListCommand(context))
            .addSubcommand(new GetCommand(context))
            .addSubcommand(new PutCommand(context))
            .addSubcommand(new RemoveCommand(context))
            .addSubcommand(new CopyCommand(context))
            .addSubcommand(new SyncCommand(context))
            .addSubcommand(new VerifyCommand(context))
            .addSubcommand(new StatsCommand(context))
            .addSubcommand(new WatchCommand(context))
            .addSubcommand(new BenchCommand(context))
            .addSubcommand(new ImportCommand(context))
            .addSubcommand(new CompletionCommand(context));
    boolean colors =
        context.terminal().outIsTerminal() && !context.environment().containsKey("NO_COLOR");
    commands
        .setColorScheme(CommandLine.Help.defaultColorScheme(colors ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(Math.max(55, Math.min(100, context.terminal().width())))
        .setExecutionExceptionHandler((e, line, result) -> failed(e))
        .setParameterExceptionHandler((e, args) -> misused(e));
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" 0", "all was done");
    codes.put(" 1", "something failed, or some of the entries did");
    codes.put(" 2", "the command line is wrong, or asks for what the storage cannot do");
    codes.put(" 3", "there is no such key");
    codes.put(" 4", "stored bytes do not decode");
    codes.put(" 5", "the storage cannot be opened or reached");
    codes.put("70", "a fault of this program");
    codes.put("130", "ended by ctrl-C");
    codes.put("141", "nobody read the output any more, as after '| head'");
    commands.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    commands.getCommandSpec().usageMessage().exitCodeList(codes);
  }

  int run(String... args) {
    StringWriter help = new StringWriter();
    StringWriter errors = new StringWriter();
    commands.setOut(new PrintWriter(help)).setErr(new PrintWriter(errors));
    int code;
    try {
      code = args.length == 0 ? commands.execute("--help") : commands.execute(args);
      if (help.getBuffer().length() > 0) {
        context.terminal().line(help.toString().stripTrailing());
      }
      context.terminal().flush();
    } catch (ClosedPipeException e) {
      return ExitCodes.CLOSED_PIPE;
    } catch (OutputException e) {
      code = failed(e);
    } catch (OutOfMemoryError e) {
      context
          .terminal()
          .note(
              "jstorage: the values do not fit into memory: give java a larger heap (-Xmx), or fewer --jobs");
      return ExitCodes.FAILED;
    }
    if (errors.getBuffer().length() > 0) {
      context.terminal().note(errors.toString().stripTrailing());
    }
    return context.interrupts().haveFired() ? ExitCodes.INTERRUPTED : code;
  }

  private int misused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    context.terminal().note("jstorage: " + Texts.message(e));
    context.terminal().note("'%s --help' says how it is used.".formatted(command));
    return ExitCodes.USAGE;
  }

  private int failed(Exception e) {
    if (e instanceof ClosedPipeException) {
      return ExitCodes.CLOSED_PIPE;
    }
    int code = codeOf(e);
    String fault = code == ExitCodes.INTERNAL ? e.getClass().getName() + ": " : "";
    context.terminal().note("jstorage: " + fault + Texts.message(e));
    return code;
  }

  private static int codeOf(Exception e) {
    if (e instanceof UsageException
        || e instanceof InvalidOptionException
        || e instanceof InvalidKeyException
        || e instanceof UnknownStorageException
        || e instanceof UnsupportedOperationException) {
      return ExitCodes.USAGE;
    }
    if (e instanceof KeyNotFoundException) {
      return ExitCodes.NOT_FOUND;
    }
    if (e instanceof CodecException) {
      return ExitCodes.DAMAGED;
    }
    if (e instanceof StorageUnavailableException || e instanceof StorageAccessDeniedException) {
      return ExitCodes.UNAVAILABLE;
    }
    return e instanceof StorageException
            || e instanceof IOException
            || e instanceof UncheckedIOException
            || e instanceof OutputException
        ? ExitCodes.FAILED
        : ExitCodes.INTERNAL;
  }
}
