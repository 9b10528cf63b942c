import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.file.DiskLruStore;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Uses file storages on a mounted file system, in two processes, and prints a row of a table: how
 * often a key that exists was not found, was not listed or had damaged content, how many
 * increments were lost, and what became of deadlines and long names.
 *
 * <p>{@code java -cp CLASSES Probe DIRECTORY SECONDS}, or {@code ... DIRECTORY read-only} for
 * a directory that was prepared by {@code ... DIRECTORY prepare}.
 */
public final class Probe {
  private static final int KEYS = 4;
  private static final int LISTED = 300;
  private static final int INCREMENTS = 100;
  private static final int THREADS = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private Probe() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    switch (args[1]) {
      case "prepare" -> prepare(directory);
      case "read-only" -> System.out.println(readOnly(directory));
      case "write" -> overwrite(directory, KEYS);
      case "overwrite" -> overwrite(directory, LISTED);
      case "increment" -> increment(directory);
      case "fill" -> fill(directory);
      default -> System.out.println(row(directory, Duration.ofSeconds(Long.parseLong(args[1]))));
    }
  }

  private static FileStore.Builder at(Path directory) {
    return FileStore.at(directory).durability(Durability.NONE).timeout(TIMEOUT);
  }

  private static Storage<String> open(Path directory) {
    return at(directory).storage(Codecs.text());
  }

  private static String row(Path root, Duration time) throws Exception {
    List<String> cells = new ArrayList<>();
    for (Attempt attempt :
        new Attempt[] {
          () -> reads(root.resolve("reads"), time),
          () -> listings(root.resolve("listings"), time),
          () -> increments(root.resolve("increments")),
          () -> deadlines(root.resolve("deadlines")),
          () -> names(root.resolve("names")),
          () -> limit(root.resolve("limit"))
        }) {
      try {
        cells.add(attempt.run());
      } catch (StorageException | IOException e) {
        cells.add("failed: " + shortened(e));
      }
    }
    return String.join(" | ", cells);
  }

  private interface Attempt {
    String run() throws Exception;
  }

  private static String shortened(Exception e) {
    String text = String.valueOf(e.getMessage()).replace('|', '/').replace('\n', ' ');
    return text.length() > 160 ? text.substring(0, 160) + "..." : text;
  }

  /** Another process that does something with a directory until it is told to end. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader from;

    Child(Path directory, String what) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-XX:TieredStopAtLevel=1",
                  Probe.class.getName(),
                  directory.toString(),
                  what)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      from =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(from.readLine())) {
        throw new IOException("the other process did not start");
      }
    }

    String end() throws IOException {
      process.getOutputStream().close();
      String last = from.readLine();
      if (last == null) {
        throw new IOException("the other process failed");
      }
      return last;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static void ready() {
    System.out.println("ready");
  }


  private static volatile boolean ended;

  private static void awaitEnd() {
    Thread waiter =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Its end is the sign.
                }
              } catch (IOException e) {
                // As its end.
              }
              ended = true;
            });
    waiter.setDaemon(true);
    waiter.start();
  }

  /** Content whose damage shows: a number, many times. */
  private static String content(int number) {
    return (number + ",").repeat(500);
  }

  private static boolean isWhole(String content) {
    int comma = content.indexOf(',');
    return comma > 0 && content.equals(content.substring(0, comma + 1).repeat(500));
  }

  private static void overwrite(Path directory, int keys) throws IOException {
    awaitEnd();
    try (Storage<String> storage = open(directory)) {
      for (int i = 0; i < keys; i++) {
        storage.put("k" + i, content(i));
      }
      ready();
      int writes = 0;
      while (!ended) {
        storage.put("k" + writes % keys, content(writes));
        writes++;
      }
      System.out.println(writes);
    }
  }

  private static String reads(Path directory, Duration time) throws Exception {
    int reads = 0;
    int misses = 0;
    int damaged = 0;
    int failures = 0;
    try (Child child = new Child(directory, "write");
        Storage<String> storage = open(directory)) {
      long end = System.nanoTime() + time.toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        String key = "k" + i % KEYS;
        try {
          reads++;
          String content = null;
          boolean found =
              switch (i % 5) {
                case 0, 1 -> (content = storage.get(key).orElse(null)) != null;
                case 2 -> storage.contains(key);
                case 3 -> (content = storage.entry(key).map(Entry::value).orElse(null)) != null;
                default -> (content = stream(storage, key)) != null;
              };
          misses += found ? 0 : 1;
          damaged += content == null || isWhole(content) ? 0 : 1;
        } catch (StorageException | IOException e) {
          failures++;
        }
      }
      child.end();
    }
    return "%d of %d%s | %d"
        .formatted(misses, reads, failures == 0 ? "" : ", %d errors".formatted(failures), damaged);
  }

  private static String stream(Storage<String> storage, String key) throws IOException {
    try (InputStream in = storage.streams().orElseThrow().read(key).orElse(null)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String listings(Path directory, Duration time) throws Exception {
    int omitted = 0;
    int listings = 0;
    try (Child child = new Child(directory, "overwrite");
        Storage<String> storage = open(directory)) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        try (Stream<String> keys = storage.keys()) {
          Set<String> listed = new HashSet<>(keys.toList());
          omitted += LISTED - listed.size();
          listings++;
        }
      }
      child.end();
    }
    return "%d of %d".formatted(omitted, listings * LISTED);
  }

  private static void increment(Path directory) throws Exception {
    awaitEnd();
    try (Storage<String> storage = open(directory)) {
      ready();
      System.out.println(incrementAll(storage));
    }
  }

  /** Returns how many increments were refused with an error. */
  private static int incrementAll(Storage<String> storage) throws InterruptedException {
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < INCREMENTS; i++) {
                  try {
                    incrementOnce(storage);
                  } catch (StorageException e) {
                    refused.incrementAndGet();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return refused.get();
  }

  private static void incrementOnce(Storage<String> storage) {
    boolean done = false;
    while (!done) {
      Entry<String> entry = storage.entry("counter").orElseThrow(IllegalStateException::new);
      Version version = entry.version().orElseThrow();
      done =
          storage.replace(
              "counter", version, Integer.toString(Integer.parseInt(entry.value()) + 1));
    }
  }

  private static String increments(Path directory) throws Exception {
    try (Storage<String> storage = open(directory)) {
      storage.put("counter", "0");
      int refused;
      try (Child child = new Child(directory, "increment")) {
        refused = incrementAll(storage) + Integer.parseInt(child.end());
      }
      int all = 2 * THREADS * INCREMENTS;
      int lost = all - refused - Integer.parseInt(storage.get("counter").orElse("0"));
      return "%d of %d%s".formatted(lost, all, refused == 0 ? "" : ", %d refused".formatted(refused));
    }
  }

  private static String deadlines(Path directory) {
    try (Storage<String> storage =
        at(directory).expiration(Duration.ofHours(1)).storage(Codecs.text())) {
      storage.put("near", "v", Duration.ofMinutes(90));
      Instant near = Instant.now().plus(Duration.ofMinutes(90));
      storage.put("far", "v", Duration.ofDays(400 * 365));
      storage.put("short", "v", Duration.ofMillis(900));
      boolean shortFound = storage.get("short").isPresent();
      Instant kept = storage.entry("near").flatMap(Entry::expiresAt).orElseThrow();
      Instant far = storage.entry("far").flatMap(Entry::expiresAt).orElseThrow();
      boolean isNear = Duration.between(kept, near).abs().toSeconds() <= 4;
      return "%s, until %s"
          .formatted(
              !isNear || !shortFound
                  ? "wrong: " + kept
                  : kept.getNano() == 0 ? "in seconds" : "exact",
              far.toString().substring(0, 4));
    }
  }

  private static String names(Path directory) {
    try (Storage<String> storage = open(directory)) {
      Set<String> keys = new HashSet<>();
      for (int length = 1; length <= 300; length += 7) {
        keys.add("k".repeat(length));
      }
      keys.addAll(List.of("A", "a", "\u00e9", "e\u0301", "a/b", "..", "nul", "x.", " y "));
      keys.forEach(key -> storage.put(key, key));
      for (String key : keys) {
        if (!storage.get(key).orElse("").equals(key)) {
          return "wrong: key of %d characters".formatted(key.length());
        }
      }
      try (Stream<String> listed = storage.keys()) {
        return listed.toList().size() == keys.size() ? "all" : "not all listed";
      }
    }
  }

  private static Storage<String> openLimited(Path directory) {
    return DiskLruStore.at(directory).limit(20).timeout(TIMEOUT).storage(Codecs.text());
  }

  private static void fill(Path directory) throws IOException {
    awaitEnd();
    try (Storage<String> storage = openLimited(directory)) {
      ready();
      for (int i = 0; i < 200; i++) {
        storage.put("theirs" + i, "v");
      }
      System.out.println("done");
    }
  }

  private static String limit(Path directory) throws Exception {
    try (Storage<String> storage = openLimited(directory);
        Child child = new Child(directory, "fill")) {
      long most = 0;
      for (int i = 0; i < 200; i++) {
        storage.put("ours" + i, "v");
        storage.get("ours0");
        most = Math.max(most, storage.size());
      }
      child.end();
      boolean kept = most <= 20 && storage.size() == 20;
      return kept ? "kept" : "not kept: %d".formatted(most);
    }
  }

  private static void prepare(Path directory) {
    try (Storage<String> storage = open(directory)) {
      storage.put("k", "v");
      storage.put("K".repeat(300), "v");
    }
    try (Storage<String> storage = openLimited(directory.resolveSibling("limited"))) {
      storage.put("k", "v");
    }
  }

  private static String readOnly(Path directory) throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Storage<String> storage = open(directory);
        Storage<String> limited = openLimited(directory.resolveSibling("limited"))) {
      for (Storage<String> each : List.of(storage, limited)) {
        int size = each == storage ? 2 : 1;
        if (!each.get("k").orElse("").equals("v")
            || each.entry("k").isEmpty()
            || !each.contains("k")
            || each.contains("absent")
            || each.size() != size) {
          wrong.add("not readable");
        }
        try {
          each.put("k", "w");
          wrong.add("writable");
        } catch (StorageException e) {
          if (!e.getMessage().contains("read-only medium")) {
            wrong.add(shortened(e));
          }
        }
      }
    } catch (StorageException e) {
      wrong.add(shortened(e));
    }
    return wrong.isEmpty() ? "read-only" : String.join("; ", wrong);
  }
}
