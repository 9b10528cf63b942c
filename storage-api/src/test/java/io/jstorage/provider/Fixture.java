package io.jstorage.provider;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles sources into a jar of its own, as a stranger would publish it. */
final class Fixture {
  /** The directory of this module's own classes. */
  static final Path API = location(StorageProvider.class);

  private final Path directory;
  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, String> resources = new TreeMap<>();

  private Fixture(Path directory) {
    this.directory = directory;
  }

  static Fixture in(Path directory) {
    return new Fixture(directory);
  }

  static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds a factory that makes nothing, with a statement that its constructor executes. */
  Fixture factory(String className, String storageName, String constructorBody) {
    int dot = className.lastIndexOf('.');
    return source(
        className,
        """
        package %s;
        public class %s implements io.jstorage.spi.StorageFactory {
          public %s() { %s }
          public String name() { return "%s"; }
          public java.util.Set<io.jstorage.Option<?>> options() { return java.util.Set.of(); }
          public <V> io.jstorage.Storage<V> create(io.jstorage.spi.StorageSpec<V> spec) {
            throw new UnsupportedOperationException();
          }
        }
        """
            .formatted(
                className.substring(0, dot),
                className.substring(dot + 1),
                className.substring(dot + 1),
                constructorBody,
                storageName));
  }

  Fixture source(String className, String text) {
    sources.put(className.replace('.', '/') + ".java", text);
    return this;
  }

  /** Names classes in the services file, whether they are there or not. */
  Fixture service(String... classNames) {
    resources.put(
        "META-INF/services/io.jstorage.spi.StorageFactory", String.join("\n", classNames) + "\n");
    return this;
  }

  /** Compiles and packs; {@code without} names classes that are left out of the jar. */
  Path jar(String name, Path modulePath, String... without) throws IOException {
    Path work = Files.createDirectories(directory.resolve(name + "-build"));
    Path classes = Files.createDirectories(work.resolve("classes"));
    if (!sources.isEmpty()) {
      List<String> arguments =
          new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", classes.toString()));
      boolean module = sources.containsKey("module-info.java");
      arguments.addAll(List.of(module ? "-p" : "-cp", modulePath.toString()));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = work.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        arguments.add(Files.writeString(file, source.getValue()).toString());
      }
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new AssertionError("the fixture does not compile: " + name);
      }
    }
    for (Map.Entry<String, String> resource : resources.entrySet()) {
      Path file = classes.resolve(resource.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, resource.getValue());
    }
    for (String className : without) {
      Files.delete(classes.resolve(className.replace('.', '/') + ".class"));
    }
    return pack(classes, directory.resolve(name + ".jar"));
  }

  /** Makes a class file look as if a Java of the far future had compiled it. */
  static void age(Path jarWork, String className) throws IOException {
    Path file = jarWork.resolve(className.replace('.', '/') + ".class");
    byte[] bytes = Files.readAllBytes(file);
    bytes[6] = 0x03;
    Files.write(file, bytes);
  }

  static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        packed.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  static String path(Path... paths) {
    return String.join(
        java.io.File.pathSeparator, Arrays.stream(paths).map(Path::toString).toList());
  }
}
