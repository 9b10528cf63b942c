package io.jstorage.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.file.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * A durable put of a new key, where some processes write to one directory at the same time: the
 * inverse of what they write together.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ProcessesBenchmark extends Once {
  private static final int WARMUP_PUTS = 2000;
  private static final long NANOS = 2_000_000_000;

  @Param("JSTORAGE")
  public DiskEngine engine;

  @Param("1")
  public int processes;

  @Benchmark
  public void putNew(Nanos score) throws Exception {
    Path directory = Scratch.make();
    List<Process> writers = new ArrayList<>();
    List<BufferedReader> said = new ArrayList<>();
    try {
      for (int i = 0; i < processes; i++) {
        String[] args = {engine.name(), directory.toString(), String.valueOf(i)};
        List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC");
        Process writer = Jvm.start(options, Writer.class.getName(), args);
        writers.add(writer);
        said.add(writer.inputReader(UTF_8));
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
      score.nanos = (double) NANOS / puts;
    } finally {
      writers.forEach(Process::destroyForcibly);
      Scratch.delete(directory);
    }
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
      try (DiskMap map =
          DiskEngine.valueOf(args[0]).opener.open(Path.of(args[1]), Durability.FULL, 0)) {
        String prefix = "writer" + args[2] + "-";
        for (int i = 0; i < WARMUP_PUTS; i++) {
          map.put().apply(prefix + i % 10, value);
        }
        System.out.println("ready");
        System.in.read();
        long end = System.nanoTime() + NANOS;
        long puts = 0;
        while (System.nanoTime() < end) {
          map.put().apply(prefix + "new" + puts++, value);
        }
        System.out.println(puts);
      }
    }
  }
}
