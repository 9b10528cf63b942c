package io.jstorage.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The terminal from which this process was started, as the system describes it. */
final class TerminalDevice {
  private static final int DEFAULT_WIDTH = 80;
  private static final File TTY = new File("/dev/tty");

  private TerminalDevice() {}

  /** Returns the terminal as a console, or null if there is none. */
  @SuppressWarnings("SystemConsoleNull") // Both are asked.
  static @Nullable Console console() {
    Console console = System.console();
    // From Java 22 on there is one even where nobody sits at it, which it says itself.
    return console != null && Boolean.FALSE.equals(isTerminal(console)) ? null : console;
  }

  private static @Nullable Boolean isTerminal(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Tells whether a stream of this process, by its number, is a terminal. */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return console() != null;
    }
  }

  /** Returns whether the output of this process is known to go into a pipe. */
  static boolean outIsPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Asks {@code stty}, as Java does not tell. */
  static int width() {
    if (!TTY.exists()) {
      return DEFAULT_WIDTH;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TTY)
              .redirectError(Redirect.DISCARD)
              .start();
      try (InputStream output = stty.getInputStream()) {
        String size = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip();
        int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
        return stty.waitFor(1, TimeUnit.SECONDS) && columns > 0 ? columns : DEFAULT_WIDTH;
      }
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DEFAULT_WIDTH;
    }
  }
}
