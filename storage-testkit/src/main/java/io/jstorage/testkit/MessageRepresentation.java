package io.jstorage.testkit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * The form of keys, values and results in the kit's messages: on one line and not at full length.
 * Text is in quotes, with everything escaped that is not printable ASCII, so that keys that look
 * alike are distinguished.
 */
final class MessageRepresentation extends StandardRepresentation {
  static final MessageRepresentation INSTANCE = new MessageRepresentation();
  private static final int HEAD = 120;
  private static final int TAIL = 20;
  private static final int MOST_ELEMENTS = 12;
  private static final int MOST_DEPTH = 5;

  private MessageRepresentation() {}

  @Override
  public String toStringOf(@Nullable Object object) {
    return object instanceof Optional<?> optional
        ? optional.map(value -> "Optional[" + toStringOf(value) + "]").orElse("Optional.empty")
        : super.toStringOf(object);
  }

  @Override
  protected String toStringOf(String text) {
    return text(text);
  }

  @Override
  protected String toStringOf(Character character) {
    return text(String.valueOf(character));
  }

  static String text(String text) {
    if (text.length() <= HEAD + TAIL) {
      return "'" + escaped(text) + "'";
    }
    String head = text.substring(0, HEAD);
    String tail = text.substring(text.length() - TAIL);
    return "'%s'...'%s' (%d characters)".formatted(escaped(head), escaped(tail), text.length());
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\\' || c == '\'') {
                shown.append('\\').append((char) c);
              } else if (c >= ' ' && c <= '~') {
                shown.append((char) c);
              } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return shown.toString();
  }

  static String argument(@Nullable Object argument) {
    return argument(argument, 0);
  }

  /** Two objects that are not equal, though their texts may be. */
  static String difference(@Nullable Object expected, @Nullable Object found) {
    String one = argument(expected);
    String other = argument(found);
    return "%s comes back as %s%s"
        .formatted(one, other, one.equals(other) ? ", which is of another type and not equal" : "");
  }

  private static String argument(@Nullable Object argument, int depth) {
    if (depth > MOST_DEPTH) {
      return "..."; // It may contain itself.
    }
    if (argument instanceof String text) {
      return text(text);
    }
    if (argument instanceof Optional<?> optional) {
      return optional.isPresent() ? argument(optional.get(), depth) : "empty";
    }
    if (argument instanceof byte[] bytes) {
      return bytes(bytes);
    }
    if (argument instanceof ConcurrentMap<?, ?>) {
      return "a map"; // It may be a storage, which is not asked again.
    }
    if (argument instanceof Map<?, ?> map) {
      return list(
          map.entrySet().stream()
              .limit(MOST_ELEMENTS)
              .map(
                  entry ->
                      argument(entry.getKey(), depth + 1)
                          + "="
                          + argument(entry.getValue(), depth + 1))
              .toList(),
          map.size());
    }
    if (argument instanceof Collection<?> list) {
      return list(
          list.stream().limit(MOST_ELEMENTS).map(each -> argument(each, depth + 1)).toList(),
          list.size());
    }
    if (argument instanceof Throwable e) {
      return e.getClass().getSimpleName() + ": " + line(String.valueOf(e.getMessage()));
    }
    if (argument instanceof Stream<?>) {
      return "a stream";
    }
    return argument == null ? "null" : line(textOf(argument));
  }

  private static String textOf(Object object) {
    String otherwise = "a " + object.getClass().getSimpleName().replaceFirst("[$/].*", "");
    try {
      String text = object.toString();
      return text.startsWith(object.getClass().getName() + "@") ? otherwise : text;
    } catch (RuntimeException e) {
      return otherwise; // The failure is about something else.
    }
  }

  private static String list(List<String> elements, int size) {
    return elements.stream().collect(Collectors.joining(", ", "[", ""))
        + (size > elements.size() ? ", ... (%d in all)]".formatted(size) : "]");
  }

  private static String bytes(byte[] bytes) {
    String first = Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_ELEMENTS)));
    return bytes.length > MOST_ELEMENTS ? first + "... (%d bytes)".formatted(bytes.length) : first;
  }

  /** Text that is no value: without quotes, on one line. */
  static String line(String text) {
    return lines(text).replace("\n", "\\u{a}");
  }

  /** A message of several lines, whose control characters are escaped but for its own lines. */
  static String lines(String message) {
    StringBuilder shown = new StringBuilder();
    message
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n' || !isHidden(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED -> true;
      default -> false;
    };
  }
}
