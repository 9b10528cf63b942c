package com.example.metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The files under META-INF/native-image, in the form that GraalVM has read since JDK 17. */
final class Metadata {
  private static final String ROOT = "META-INF/native-image/";
  private static final JsonMapper JSON = JsonMapper.shared();

  private Metadata() {}

  /** Checks each file of a jar; returns its name and how many classes it names. */
  static List<String> in(JarFile jar, String artifact) throws Exception {
    List<String> files = new ArrayList<>();
    for (JarEntry entry : jar.stream().toList()) {
      if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        require(entry.getName().equals(ROOT + "io.jstorage/" + artifact + "/" + name), entry);
        require(Set.of("reflect-config.json", "serialization-config.json").contains(name), entry);
        List<Map<String, Object>> classes = read(jar, entry);
        for (Map<String, Object> each : classes) {
          check(each);
        }
        files.add(name + " names " + classes.size());
      }
    }
    return files;
  }

  static List<Map<String, Object>> read(JarFile jar, JarEntry entry) throws IOException {
    return JSON.readValue(jar.getInputStream(entry).readAllBytes(), new TypeReference<>() {});
  }

  private static void check(Map<String, Object> declared) throws Exception {
    require(Set.of("name", "methods", "fields").containsAll(declared.keySet()), declared);
    Class<?> type =
        Class.forName((String) declared.get("name"), false, Main.class.getClassLoader());
    for (Object each : (List<?>) declared.getOrDefault("methods", List.of())) {
      Map<?, ?> method = (Map<?, ?>) each;
      require(List.of().equals(method.get("parameterTypes")), method);
      if ("<init>".equals(method.get("name"))) {
        type.getConstructor();
      } else {
        type.getMethod((String) method.get("name"));
      }
    }
    for (Object each : (List<?>) declared.getOrDefault("fields", List.of())) {
      type.getDeclaredField((String) ((Map<?, ?>) each).get("name"));
    }
  }

  private static void require(boolean condition, Object what) {
    if (!condition) {
      throw new IllegalStateException(what.toString());
    }
  }
}
