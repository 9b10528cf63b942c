package io.jstorage.benchmarks.overhead;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.benchmarks.Jvm;
import io.jstorage.benchmarks.Once;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.provider.StorageProvider;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;

/** The time until a JVM that has done nothing yet has a storage of the provider's. */
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ColdStartBenchmark extends Once {
  @Param("storage.lru")
  public String name;

  /** What the entries of its class path contain; "all" for all that are here. */
  @Param("all")
  public String jars;

  @Benchmark
  public void create(Nanos figure) throws Exception {
    Path directory = Scratch.make();
    String regex = jars.equals("all") ? "" : jars.replace(',', '|') + "|benchmarks.target.classes";
    List<String> options = List.of("-cp", Jvm.classPath(regex));
    List<String> args = List.of(name, directory.toString());
    List<String> printed = Jvm.run(Jvm.command(options, Program.class.getName(), args));
    figure.nanos = Double.parseDouble(printed.get(0));
    Scratch.delete(directory);
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
}
