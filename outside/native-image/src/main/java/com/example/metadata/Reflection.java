package com.example.metadata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds in class files the names of methods that look up classes, members and resources by name.
 */
final class Reflection {
  private static final List<String> METHODS =
      List.of(
          "forName",
          "loadClass",
          "getConstructor",
          "getDeclaredConstructor",
          "getMethod",
          "getDeclaredMethod",
          "getField",
          "getDeclaredField",
          "newProxyInstance",
          "getResourceAsStream");

  private Reflection() {}

  static List<String> in(JarFile jar) throws IOException {
    List<String> uses = new ArrayList<>();
    for (JarEntry entry : jar.stream().toList()) {
      if (entry.getName().endsWith(".class")) {
        String text =
            new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        for (String method : METHODS) {
          // A name in the pool of constants stands behind its tag and its length.
          if (text.contains("\1\0" + (char) method.length() + method)) {
            uses.add(entry.getName() + " calls " + method);
          }
        }
      }
    }
    return uses;
  }
}
