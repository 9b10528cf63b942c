package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.location.LocationResolver;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The common part of all commands. */
@Command(mixinStandardHelpOptions = true, versionProvider = Root.Version.class)
abstract class BaseCommand implements Callable<Integer> {
  /** Of all threads together: beyond it the storage is away, and no entry is the reason. */
  static final int MOST_FAILURES_IN_A_ROW = 20;

  final Context context;
  final Terminal terminal;
  private @Nullable LocationResolver resolver;

  @Option(names = "--json", description = "Print JSON, an object on each line.")
  boolean json;

  @Option(
      names = {"-W", "--ask-password"},
      description = "Ask for the password, which is not shown.")
  boolean askPassword;

  BaseCommand(Context context) {
    this.context = context;
    this.terminal = context.terminal();
  }

  LocationResolver resolver() {
    if (resolver == null) {
      resolver = new LocationResolver(context.environment(), terminal.prompt(), askPassword);
    }
    return resolver;
  }

  StorageLocation at(String url, StorageRole role) {
    return resolver().resolve(url, role);
  }

  /** Opens a storage for what needs no values: its bytes, or its objects if it keeps such. */
  static Storage<?> open(StorageLocation location) {
    return location.format().isPresent() ? location.raw() : location.values();
  }

  /** Prints a line of the result in one form or the other. */
  void print(Json object, String text) {
    terminal.line(json ? object.toString() : text);
  }
}
