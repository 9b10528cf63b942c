package io.jstorage.cli;

import io.jstorage.cli.terminal.Terminal;

/** The program {@code jstorage}. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends this process with its exit code.
   *
   * @param args the command and its arguments; {@code --help} lists them
   */
  public static void main(String[] args) {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::fire, "jstorage-interrupt"));
    Shell shell = new Shell(new Context(Terminal.ofProcess(), System.getenv(), interrupts));
    int code;
    try {
      code = shell.run(args);
    } finally {
      interrupts.ended();
    }
    System.exit(code);
  }
}
