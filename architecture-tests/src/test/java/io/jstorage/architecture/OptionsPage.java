package io.jstorage.architecture;

import io.jstorage.Option;
import io.jstorage.provider.StorageDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/options.md}: the options as the factories describe them. */
final class OptionsPage {
  private final StringBuilder page = new StringBuilder();

  void text(String text) {
    page.append(text);
  }

  void storage(StorageDescription storage, String artifact) {
    page.append("\n## `%s`\n\nIn `%s`. %s\n".formatted(storage.name(), artifact, schemes(storage)));
    table(storage.options());
  }

  void service(String kind, String name, String artifact, Set<Option<?>> options) {
    page.append("\n## %s `%s`\n\nIn `%s`.".formatted(kind, name, artifact));
    page.append(options.isEmpty() ? " No options.\n" : "\n");
    if (!options.isEmpty()) {
      table(options.stream().sorted(Comparator.comparing(Option::name)).toList());
    }
  }

  private static String schemes(StorageDescription storage) {
    return new TreeSet<>(storage.schemes())
        .stream().map("`%s:`"::formatted).collect(Collectors.joining(", ", "URL schemes: ", "."));
  }

  private void table(Collection<Option<?>> options) {
    page.append("\n| option | takes | default | what it does |\n|---|---|---|---|\n");
    for (Option<?> option : options) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  option.name(),
                  cell(option.expected()),
                  standard(option),
                  cell(option.description() + (option.isSecret() ? " Never shown." : ""))));
    }
  }

  private static String standard(Option<?> option) {
    Optional<?> value = option.defaultValue();
    return option.isRequired()
        ? "must be given"
        : option.isSecret() ? "" : value.map(OptionsPage::shown).orElse("");
  }

  /** A default as one would write it in a URL; an object has no such form. */
  private static String shown(Object value) {
    String text =
        value instanceof Duration duration
            ? time(duration)
            : value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value instanceof Enum<?> constant
                    ? constant.name().toLowerCase(Locale.ROOT)
                    : value instanceof InstantSource ? "" : value.toString();
    return text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  private static String time(Duration duration) {
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    }
    return duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
