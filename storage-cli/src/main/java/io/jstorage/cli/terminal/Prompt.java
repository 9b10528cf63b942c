package io.jstorage.cli.terminal;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a person. */
public interface Prompt {
  /** Asks a question and returns the line, or null if there is nobody to ask. */
  @Nullable String ask(String question);

  /** Asks for a secret that is not shown; null if there is nobody to ask. */
  @Nullable String askSecret(String question);

  /** Returns whether a question was answered with yes; false if there is nobody to ask. */
  default boolean confirm(String question) {
    String answer = ask(question + " [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** Asks on the terminal that the process was started from. */
  static Prompt ofConsole(@Nullable Console console) {
    return new Prompt() {
      @Override
      public @Nullable String ask(String question) {
        return console == null ? null : console.readLine("%s", question);
      }

      @Override
      public @Nullable String askSecret(String question) {
        char[] secret = console == null ? null : console.readPassword("%s", question);
        return secret == null ? null : new String(secret);
      }
    };
  }
}
