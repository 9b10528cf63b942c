package com.example.metadata;

import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Holds the list of serializable classes against the values that the codec lets through. */
final class Serialization {
  private static final String FILE =
      "/META-INF/native-image/io.jstorage/storage-jdk/serialization-config.json";

  private Serialization() {}

  static Set<String> missing() throws Exception {
    Set<String> missing = allowed();
    missing.removeAll(listed());
    return missing;
  }

  /** Arrays are allowed with their elements, and need no line of their own in the codec. */
  static Set<String> needless() throws Exception {
    Set<String> needless = listed();
    needless.removeAll(allowed());
    needless.removeIf(name -> name.startsWith("["));
    return needless;
  }

  private static Set<String> listed() throws Exception {
    try (InputStream in = Serialization.class.getResourceAsStream(FILE)) {
      List<Map<String, String>> classes =
          JsonMapper.shared().readValue(in.readAllBytes(), new TypeReference<>() {});
      return classes.stream().map(each -> each.get("name")).collect(Collectors.toSet());
    }
  }

  /** The codec's own list, of which interfaces and what cannot be written need no mention. */
  private static Set<String> allowed() throws Exception {
    Field entries = Class.forName("io.jstorage.jdk.JdkValues").getDeclaredField("ENTRIES");
    entries.setAccessible(true);
    Set<String> names = new TreeSet<>();
    for (Object entry : (Set<?>) entries.get(null)) {
      String name = (String) entry;
      for (String each : name.endsWith(".") ? classesOf(name) : List.of(name)) {
        Class<?> type = Class.forName(each, false, null);
        if (Serializable.class.isAssignableFrom(type)
            && !Throwable.class.isAssignableFrom(type)
            && !type.isInterface()) {
          names.add(each);
        }
      }
    }
    return names;
  }

  private static List<String> classesOf(String packageName) throws Exception {
    Path classes =
        FileSystems.getFileSystem(URI.create("jrt:/"))
            .getPath("modules/java.base", packageName.replace('.', '/'));
    try (Stream<Path> files = Files.list(classes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
          .map(file -> packageName + file.replace(".class", ""))
          .toList();
    }
  }
}
