package io.jstorage.cli.location;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.cli.terminal.Prompt;
import io.jstorage.spi.StorageUrl;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Passwords and keys: from the environment or a prompt, and never from the list of processes. */
final class Secrets {
  private static final String INDIRECT = "env:";
  private static final Pattern WITH_PASSWORD = Pattern.compile("[a-zA-Z0-9.+-]+://[^/]*:[^/]*@.*");

  private final Map<String, String> environment;
  private final Prompt prompt;
  private final boolean ask;

  Secrets(Map<String, String> environment, Prompt prompt, boolean ask) {
    this.environment = environment;
    this.prompt = prompt;
    this.ask = ask;
  }

  /** Returns a URL, or the one in the environment variable that {@code env:NAME} names. */
  String url(String argument) {
    if (!argument.startsWith(INDIRECT)) {
      return argument;
    }
    String name = argument.substring(INDIRECT.length());
    String url = environment.get(name);
    if (url == null) {
      throw new UsageException("there is no environment variable '%s'".formatted(name));
    }
    return url;
  }

  /** Refuses a URL on the command line that has a secret in it. */
  static void refuseIn(String argument, StorageUrl url, Collection<Option<?>> options) {
    if (argument.startsWith(INDIRECT)) {
      return;
    }
    boolean secret =
        url.userInfo().filter(user -> user.indexOf(':') >= 0).isPresent()
            || options.stream()
                .anyMatch(option -> option.isSecret() && url.query().containsKey(option.name()))
            || url.query().values().stream().anyMatch(v -> WITH_PASSWORD.matcher(v).matches());
    if (secret) {
      throw new UsageException(
          "the URL %s has a password or key in it, which the list of processes shows to everybody: leave it out and set a variable such as JSTORAGE_PASSWORD, give --ask-password, or put the whole URL into an environment variable and write env:NAME"
              .formatted(url));
    }
  }

  /** Adds the secrets that were not given and that somebody knows. */
  StorageOptions addTo(StorageOptions given, Collection<Option<?>> options, StorageRole role) {
    StorageOptions complete = given;
    for (Option<?> option : options) {
      if (option.isSecret() && !given.has(option)) {
        String secret = find(option.name(), role);
        complete = secret == null ? complete : complete.with(option.name(), secret);
      }
    }
    return complete;
  }

  private @Nullable String find(String option, StorageRole role) {
    String name = option.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
    String suffix = name.toUpperCase(Locale.ROOT);
    String secret = environment.get(role.variables + suffix);
    if (secret == null) {
      secret = environment.get("JSTORAGE_" + suffix);
    }
    if (secret != null || !ask || !option.equals("password")) {
      return secret;
    }
    String question =
        switch (role) {
          case SOURCE -> "Password of the source: ";
          case TARGET -> "Password of the target: ";
          default -> "Password: ";
        };
    secret = prompt.askSecret(question);
    if (secret == null) {
      throw new UsageException(
          "there is no terminal to ask for a password: set the environment variable %s"
              .formatted(role.variables + suffix));
    }
    return secret;
  }
}
