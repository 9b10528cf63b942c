package io.jstorage.benchmarks.file;

import io.jstorage.benchmarks.Probe;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.file.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The nanoseconds of a durable put of a new key, where some processes write to one directory at the
 * same time: the inverse of what they write together. The argument is an engine, a slash, and the
 * number of processes.
 */
public final class Processes implements Probe {
  private static final int WARMUP_PUTS = 2000;
  private static final long NANOS = 2_000_000_000;

  @Override
  public double measure(String argument) throws Exception {
    String[] parts = argument.split("/", 2);
    Path directory = Scratch.make();
    List<Process> writers = new ArrayList<>();
    try {
      List<BufferedReader> said = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        Process writer = start(parts[0], directory, i);
        writers.add(writer);
        said.add(
            new BufferedReader(
                new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader writer : said) {
        hear(writer);
      }
      for (Process writer : writers) {
        try (OutputStream to = writer.getOutputStream()) {
          to.write('\n');
        }
      }
      long puts = 0;
      for (BufferedReader writer : said) {
        puts += Long.parseLong(hear(writer));
      }
      for (Process writer : writers) {
        writer.waitFor();
      }
      return (double) NANOS / puts;
    } finally {
      writers.forEach(Process::destroyForcibly);
      Scratch.delete(directory);
    }
  }

  private static Process start(String engine, Path directory, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            engine,
            directory.toString(),
            String.valueOf(number))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static String hear(BufferedReader writer) throws IOException {
    String line = writer.readLine();
    if (line == null) {
      throw new IOException("a writing process has ended");
    }
    return line;
  }

  /** One of the processes: it says when it is ready, waits, and tells how much it has written. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws Exception {
      byte[] value = new byte[DiskEngine.VALUE_BYTES];
      try (DiskMap map = DiskEngine.valueOf(args[0]).open(Path.of(args[1]), Durability.FULL, 0)) {
        String prefix = "writer" + args[2] + "-";
        for (int i = 0; i < WARMUP_PUTS; i++) {
          map.put(prefix + i % 10, value);
        }
        System.out.println("ready");
        System.in.read();
        long end = System.nanoTime() + NANOS;
        long puts = 0;
        while (System.nanoTime() < end) {
          map.put(prefix + "new" + puts++, value);
        }
        System.out.println(puts);
      }
    }
  }
}
