import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes a directory that holds the shell and the part of Java that it needs: {@code java
 * MakeImage.java JAR DIRECTORY SCRIPTS}. The jar is not a module, as some libraries in it are none;
 * so the image has Java's modules alone, and the jar beside them.
 */
class MakeImage {
  /** The modules that jdeps finds, without java.desktop, and with TLS and zip files. */
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.security.jgss,java.sql,java.xml,"
          + "jdk.crypto.ec,jdk.net,jdk.unsupported,jdk.zipfs";

  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    Path image = Path.of(args[1]);
    Path scripts = Path.of(args[2]);
    delete(image);
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this Java is no JDK: it has no jlink"))
            .run(
                System.out,
                System.err,
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                image.toString());
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code);
    }
    Path program = image.resolve("lib/jstorage.jar");
    Files.copy(jar, program, StandardCopyOption.COPY_ATTRIBUTES);
    for (String script : List.of("jstorage", "jstorage.cmd")) {
      Path target = image.resolve("bin").resolve(script);
      Files.copy(scripts.resolve(script), target);
      if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    // The classes that every start loads, as memory to be mapped: it halves the time of a start.
    new ProcessBuilder(
            image.resolve("bin/java").toString(),
            "-XX:ArchiveClassesAtExit=" + image.resolve("lib/jstorage.jsa"),
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-jar",
            program.toString(),
            "names")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
    System.out.println("Made " + image + "; its start script is bin/jstorage.");
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }
}
