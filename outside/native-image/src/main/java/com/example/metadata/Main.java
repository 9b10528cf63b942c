package com.example.metadata;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.jar.JarFile;

/**
 * Looks at what the jars in a directory tell the native compiler of GraalVM, where there is no such
 * compiler: each file must be well-formed and name what is there; and what the classes ask of
 * reflection is printed, so that a new use of it is seen. Service providers and variable handles
 * the compiler finds by itself.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    for (Path path : jars(Path.of(args[0]))) {
      String artifact = path.getFileName().toString().replaceFirst("-\\d.*", "");
      try (JarFile jar = new JarFile(path.toFile())) {
        for (String line : Metadata.in(jar, artifact)) {
          System.out.println(artifact + ": " + line);
        }
        for (String line : Reflection.in(jar)) {
          System.out.println(artifact + ": " + line);
        }
      }
    }
    System.out.println("values that could not be serialized: " + Serialization.missing());
    System.out.println("classes listed in vain: " + Serialization.needless());
  }

  private static TreeSet<Path> jars(Path directory) throws IOException {
    TreeSet<Path> jars = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "storage-*.jar")) {
      found.forEach(jars::add);
    }
    return jars;
  }
}
