package io.jstorage.spring.boot;

import io.jstorage.InvalidOptionException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Types by their names, such as {@code com.example.Book} or {@code
 * java.util.List<com.example.Book>}.
 */
final class TypeNames {
  private final String text;
  private final @Nullable ClassLoader loader;
  private int at;

  private TypeNames(String text, @Nullable ClassLoader loader) {
    this.text = text.replace(" ", "");
    this.loader = loader;
  }

  /**
   * Finds a type.
   *
   * @throws InvalidOptionException if there is no such type
   */
  static Type find(String name, @Nullable ClassLoader loader) {
    TypeNames names = new TypeNames(name, loader);
    ResolvableType type = names.type();
    if (names.at < names.text.length()) {
      throw names.malformed();
    }
    return type.getType();
  }

  private ResolvableType type() {
    int begin = at;
    while (at < text.length() && "<>,".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    Class<?> raw = named(text.substring(begin, at));
    if (at == text.length() || text.charAt(at) != '<') {
      return ResolvableType.forClass(raw);
    }
    List<ResolvableType> arguments = new ArrayList<>();
    do {
      at++;
      arguments.add(type());
    } while (at < text.length() && text.charAt(at) == ',');
    if (at == text.length() || text.charAt(at++) != '>') {
      throw malformed();
    }
    if (raw.getTypeParameters().length != arguments.size()) {
      throw new InvalidOptionException(
          "%s has %d type parameters, not %d"
              .formatted(raw.getName(), raw.getTypeParameters().length, arguments.size()));
    }
    return ResolvableType.forClassWithGenerics(raw, arguments.toArray(ResolvableType[]::new));
  }

  private Class<?> named(String name) {
    try {
      return ClassUtils.resolvePrimitiveIfNecessary(ClassUtils.forName(name, loader));
    } catch (ClassNotFoundException | LinkageError | IllegalArgumentException e) {
      throw new InvalidOptionException("there is no class '%s'".formatted(name), e);
    }
  }

  private InvalidOptionException malformed() {
    return new InvalidOptionException(
        "'%s' is no type: write com.example.Book or java.util.List<com.example.Book>"
            .formatted(text));
  }
}
