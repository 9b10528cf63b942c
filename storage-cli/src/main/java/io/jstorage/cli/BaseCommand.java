package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.place.Place;
import io.jstorage.cli.place.Places;
import io.jstorage.cli.place.Role;
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
  private @Nullable Places places;

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

  Places places() {
    if (places == null) {
      places = new Places(context.environment(), terminal.prompt(), askPassword);
    }
    return places;
  }

  Place at(String url, Role role) {
    return places().at(url, role);
  }

  /** Opens a storage for what needs no values: its bytes, or its objects if it keeps such. */
  static Storage<?> open(Place place) {
    return place.format().isPresent() ? place.raw() : place.values();
  }

  /** Prints a line of the result in one form or the other. */
  void print(Json object, String text) {
    terminal.line(json ? object.toString() : text);
  }
}
