package io.jstorage.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.json.JsonCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of JSON that is printed as one line. Nulls are left out. Not thread-safe. */
public final class Json {
  private static final JsonCodec<Object> CODEC = JsonCodec.untyped();

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member. */
  public Json with(String name, @Nullable Object value) {
    Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (plain != null) {
      members.put(name, plainly(plain));
    }
    return this;
  }

  private static Object plainly(Object value) {
    if (value instanceof Json json) {
      return json.members;
    }
    if (value instanceof Instant || value instanceof Enum<?>) {
      return value.toString();
    }
    return value instanceof Duration duration ? duration.toMillis() / 1000.0 : value;
  }

  /** Adds a value of any class: as JSON if there is a form for it, otherwise as its text. */
  public Json withValue(String name, Object value) {
    try {
      members.put(name, CODEC.decode(CODEC.encode(value)));
    } catch (IOException | RuntimeException e) {
      members.put(name, String.valueOf(value));
    }
    return this;
  }

  /** Returns the members, for an object within another. */
  public Map<String, Object> toMap() {
    return members;
  }

  @Override
  public String toString() {
    return text(members);
  }

  /** Returns a value as a text of JSON, or its plain text if there is no JSON for it. */
  public static String text(Object value) {
    try {
      return new String(CODEC.encode(value), UTF_8);
    } catch (IOException | RuntimeException e) {
      return String.valueOf(value);
    }
  }
}
