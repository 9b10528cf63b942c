package io.jstorage.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps a process working that is killed again and again, and remembers what it knew. */
final class Child {
  private static final int MOST_MILLIS = 1500;

  private final Path root;
  private final String name;
  private final Tally tally;
  private final SplittableRandom random;

  /** By subject and slot, the number of the next write and what may be there. */
  private final Map<String, String> states = new HashMap<>();

  Child(Path root, String name, Tally tally, long seed) {
    this.root = root;
    this.name = name;
    this.tally = tally;
    this.random = new SplittableRandom(seed);
  }

  /** Starts and kills until it is told to stop; the last process ends by itself and says how. */
  void run(BooleanSupplier goOn) {
    try {
      boolean more = true;
      while (more) {
        more = goOn.getAsBoolean();
        live(more);
      }
    } catch (IOException | InterruptedException e) {
      tally.violation("child " + name, e);
    }
  }

  private void live(boolean kill) throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader from =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        BufferedWriter to =
            new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8))) {
      for (Map.Entry<String, String> state : states.entrySet()) {
        to.write(state.getKey() + " " + state.getValue() + "\n");
      }
      to.write(ChildMain.GO + "\n");
      to.flush();
      boolean ended = false;
      boolean ready = false;
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        if (line.equals(ChildMain.READY)) {
          ready = true;
          long millis = random.nextInt(MOST_MILLIS);
          if (kill) {
            // That of the process itself would close its pipes, and lose what it has said.
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                .execute(process.toHandle()::destroyForcibly);
          } else {
            to.write(ChildMain.STOP + "\n");
            to.flush();
          }
        } else if (line.endsWith(ChildMain.WHOLE)) {
          ended |= hear(line.substring(0, line.length() - ChildMain.WHOLE.length()));
        }
      }
      int status = process.waitFor();
      if (!ready || (!kill && !(ended && status == 0))) {
        tally.violation("child %s ended with status %d".formatted(name, status));
      } else if (kill) {
        tally.event("processes killed");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Returns whether the process says that it has ended. */
  private boolean hear(String line) {
    String[] words = line.split(" ", 3);
    if (words[0].equals("violation")) {
      tally.violation("child " + name + ": " + line);
    } else if (words.length == 3) {
      states.put(words[0] + " " + words[1], words[2]);
      tally.operation("in other processes, changes of state");
    }
    return line.equals("end");
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xmx64m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                root.toString(),
                name,
                Long.toString(random.nextLong())))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
