package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import tools.jackson.databind.json.JsonMapper;

/** The time until a JVM that has done nothing yet has a storage of the provider's. */
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ColdStartBenchmark extends Once {
  @Param("storage.lru")
  public String name;

  /** Parts of the entries of its class path, with colons between them, or "all". */
  @Param("all")
  public String jars;

  @Benchmark
  public void create(Nanos score) throws Exception {
    Path directory = Scratch.make();
    score.nanos = run(Program.class, name, directory.toString());
    Scratch.delete(directory);
  }

  /** A mapper of Jackson alone, as far as its first value. */
  @Benchmark
  public void mapper(Nanos score) throws Exception {
    score.nanos = run(Mapper.class);
  }

  private double run(Class<?> program, String... args) throws Exception {
    Pattern parts =
        Pattern.compile(
            jars.equals("all") ? "" : jars.replace(':', '|') + "|benchmarks.target.classes");
    String path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> parts.matcher(entry).find())
            .collect(Collectors.joining(File.pathSeparator));
    return Double.parseDouble(Jvm.run(List.of("-cp", path), program.getName(), args).get(0));
  }

  /** Takes the name of the storage and a directory, and prints nanoseconds. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      long start = System.nanoTime();
      StorageOptions options = StorageOptions.none();
      if (args[0].equals("storage.json")) {
        options = StorageOptions.of("path", args[1]);
      }
      try (Storage<Object> storage = StorageProvider.load().create(args[0], options)) {
        storage.contains("some_key");
        System.out.println(System.nanoTime() - start);
      }
    }
  }

  /** Prints nanoseconds. */
  static final class Mapper {
    private Mapper() {}

    public static void main(String[] args) {
      long start = System.nanoTime();
      JsonMapper.builder().build().readerFor(Object.class).readValue("1");
      System.out.println(System.nanoTime() - start);
    }
  }
}
