package io.jstorage.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Another process on the same files, which is killed at any moment. It is told what may be under
 * its keys, and tells of each change to that before and after it makes it, so that another process
 * can take its place. It ends when it is told so.
 */
final class ChildMain {
  /** How each line ends that was not cut off. */
  static final String WHOLE = " .";

  static final String GO = "go";
  static final String STOP = "stop";
  static final String READY = "ready" + WHOLE;

  private ChildMain() {}

  /** The names of its keys. */
  static String writer(String child) {
    return "child" + child;
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    long seed = Long.parseLong(args[2]);
    Tally tally = new Tally();
    Told told = new Told();
    List<Worker> workers = new ArrayList<>();
    List<Opened> all = new ArrayList<>();
    for (Subject subject : Subject.inFiles(root)) {
      Opened opened = new Opened(subject, tally);
      all.add(opened);
      int number = workers.size();
      Worker worker = new Worker(number, writer(args[1]), opened, tally, told, seed + number);
      worker.watch(Worker.keys(Soak.writer(0)));
      workers.add(worker);
    }
    AtomicBoolean stopped = new AtomicBoolean();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = in.readLine(); !GO.equals(line); line = in.readLine()) {
        resume(workers, line.split(" "));
      }
      told.say(READY);
      List<Thread> threads = new ArrayList<>();
      for (Worker worker : workers) {
        Thread thread = new Thread(() -> worker.run(() -> !stopped.get(), new Interrupts()));
        thread.start();
        threads.add(thread);
      }
      // Nothing at all comes if the other process has ended.
      for (String line = ""; line != null && !line.equals(STOP); ) {
        line = in.readLine();
      }
      stopped.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    all.forEach(Opened::close);
    for (String violation : tally.violations()) {
      told.say("violation " + violation.replace('\n', ' ') + WHOLE);
    }
    told.say("end" + WHOLE);
  }

  private static void resume(List<Worker> workers, String[] words) {
    Set<Long> possible =
        Arrays.stream(words[3].split(","))
            .map(Long::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    workers
        .get(Integer.parseInt(words[0]))
        .slots()
        .get(Integer.parseInt(words[1]))
        .resume(Long.parseLong(words[2]), possible);
  }

  /** Tells what is new, one line in one call of the system. */
  private static final class Told implements Journal {
    private final Map<String, String> last = new HashMap<>();
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    @Override
    public synchronized void changed(int subject, int index, Slot slot) {
      String place = subject + " " + index;
      String state = slot.state();
      if (!state.equals(last.put(place, state))) {
        say(place + " " + state + WHOLE);
      }
    }

    synchronized void say(String line) {
      try {
        out.write((line + "\n").getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
