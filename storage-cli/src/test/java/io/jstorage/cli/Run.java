package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.cli.terminal.Prompt;
import io.jstorage.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process, as on a pipe or as on a terminal. */
final class Run {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final Interrupts interrupts = new Interrupts();
  private byte[] in = new byte[0];
  private boolean terminal;
  private int width = 80;
  private @Nullable OutputStream output;
  private int code = -1;

  /** Runs a command on a pipe. */
  static Run of(String... args) {
    return new Run().run(args);
  }

  Run input(byte[] bytes) {
    in = bytes;
    return this;
  }

  Run variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A terminal of so many columns, and a person at it. */
  Run onTerminal(int columns, String... replies) {
    terminal = true;
    width = columns;
    answers.addAll(List.of(replies));
    return this;
  }

  Run output(OutputStream stream) {
    output = stream;
    return this;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  Run run(String... args) {
    Prompt prompt =
        new Prompt() {
          @Override
          public @Nullable String ask(String question) {
            err.writeBytes(question.getBytes(UTF_8));
            return answers.poll();
          }

          @Override
          public @Nullable String askSecret(String question) {
            return ask(question);
          }
        };
    Terminal streams =
        new Terminal(
            new ByteArrayInputStream(in),
            output == null ? out : output,
            err,
            terminal,
            terminal,
            () -> width,
            prompt);
    try {
      code = new Shell(new Context(streams, environment, interrupts)).run(args);
    } finally {
      interrupts.ended();
    }
    return this;
  }

  int code() {
    return code;
  }

  String out() {
    return out.toString(UTF_8);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  List<String> lines() {
    return out().lines().toList();
  }

  String err() {
    return err.toString(UTF_8);
  }

  @Override
  public String toString() {
    return "exit code %d, output:%n%s%nerrors:%n%s".formatted(code, out(), err());
  }
}
