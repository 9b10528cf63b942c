package io.jstorage.jdk;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of the classes that a stream may name. Immutable. */
final class AllowList {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(?:\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*"
              + "(?:\\.\\*\\*?)?");

  /** Class names; package names with a dot at the end; those with a star stand for subpackages. */
  private final Set<String> entries = new HashSet<>(JdkValues.ENTRIES);

  AllowList(Collection<Class<?>> classes, Collection<String> named) {
    for (Class<?> c : classes) {
      for (Class<?> up = elementType(c); up != null; up = up.getSuperclass()) {
        entries.add(up.getName());
      }
    }
    for (String entry : named) {
      if (!ENTRY.matcher(entry).matches()) {
        throw new IllegalArgumentException(
            "'%s' is neither a class nor a package: write com.acme.Invoice, com.acme.Outer$Inner, com.acme.* or com.acme.** (arrays of a class come with it)"
                .formatted(entry));
      }
      entries.add(entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry);
    }
  }

  /** Takes a class name as {@link Class#getName()} and the stream write it. */
  boolean allows(String className) {
    String name = elementName(className);
    if (name.isEmpty() || entries.contains(name)) {
      return true;
    }
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return false;
    }
    if (entries.contains(name.substring(0, dot + 1))) {
      return true;
    }
    for (; dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      if (entries.contains(name.substring(0, dot + 1) + '*')) {
        return true;
      }
    }
    return false;
  }

  private static Class<?> elementType(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return element;
  }

  /** The class whose arrays these are, or the empty string for arrays of primitives. */
  static String elementName(String name) {
    if (!name.startsWith("[")) {
      return name;
    }
    int kind = name.lastIndexOf('[') + 1;
    return name.startsWith("L", kind) && name.endsWith(";")
        ? name.substring(kind + 1, name.length() - 1)
        : "";
  }
}
