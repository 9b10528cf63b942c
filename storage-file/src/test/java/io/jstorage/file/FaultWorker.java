package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A process that the system treats badly. It obeys one command a line and answers with one: {@code
 * ok} and what came of it, or the failure.
 */
final class FaultWorker {
  static final List<String> STORAGES = List.of("plain", "expiring", "lru");
  static final List<String> OPERATIONS =
      List.of("get", "entry", "contains", "size", "put", "putIfAbsent", "remove");

  /** Opened files that are of no use but to be too many. */
  private static final Deque<InputStream> HOARD = new ArrayDeque<>();

  private FaultWorker() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Warming disk = new Warming();
    try (Storage<String> plain =
            FileStore.at(directory.resolve("plain")).disk(disk).storage(Codecs.text());
        Storage<String> expiring =
            FileStore.at(directory.resolve("expiring"))
                .disk(disk)
                .expiration(Duration.ofHours(1))
                .storage(Codecs.text());
        Storage<String> lru =
            DiskLruStore.at(directory.resolve("lru"))
                .disk(disk)
                .durability(Durability.FULL)
                .storage(Codecs.text());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      Map<String, Storage<String>> storages =
          Map.of("plain", plain, "expiring", expiring, "lru", lru);
      for (boolean failing : new boolean[] {false, true}) {
        disk.failing = failing;
        for (Storage<String> storage : storages.values()) {
          OPERATIONS.forEach(operation -> obey(storage, operation));
          obey(storage, "reset");
        }
      }
      disk.failing = false;
      out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("spare")) {
          hoard(Integer.parseInt(words[1]));
          out.println("ok");
        } else {
          out.println(obey(Objects.requireNonNull(storages.get(words[0])), words[1]));
        }
      }
    }
  }

  /** Fails at first, so that every class that a failure needs is there when no file opens. */
  private static final class Warming extends Disk {
    boolean failing;

    @Override
    byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
      byte @Nullable [] bytes = super.read(file, likelyBytes);
      if (failing) {
        throw new FileSystemException(file.toString(), null, "not yet");
      }
      return bytes;
    }

    @Override
    void syncDirectory(Path directory) throws IOException {
      super.syncDirectory(directory);
      if (failing) {
        throw new FileSystemException(directory.toString(), null, "not yet");
      }
    }
  }

  /** Opens files until no more than a number can be opened; all can, if it is negative. */
  private static void hoard(int spare) throws IOException {
    for (InputStream file = HOARD.poll(); file != null; file = HOARD.poll()) {
      file.close();
    }
    boolean full = spare < 0;
    while (!full) {
      try {
        HOARD.push(new FileInputStream("/dev/null"));
      } catch (IOException e) {
        full = true;
      }
    }
    for (int i = 0; i < spare; i++) {
      HOARD.pop().close();
    }
  }

  private static String obey(Storage<String> storage, String operation) {
    try {
      return "ok "
          + switch (operation) {
            case "get" -> storage.get("k").orElse("-");
            case "entry" -> storage.entry("k").isPresent();
            case "contains" -> storage.contains("k");
            case "size" -> storage.size();
            case "put" -> put(storage, "k", "new");
            case "putIfAbsent" -> storage.putIfAbsent("n", "new");
            case "remove" -> storage.remove("k");
            case "reset" -> put(storage, "k", "old") + " " + storage.remove("n");
            default -> throw new IllegalArgumentException(operation);
          };
    } catch (StorageException e) {
      return "%s %s %s"
          .formatted(
              e.getClass().getSimpleName(),
              e.outcomeUnknown() ? "unknown" : "unchanged",
              String.valueOf(e.getMessage()).replace('\n', ' '));
    }
  }

  private static String put(Storage<String> storage, String key, String value) {
    storage.put(key, value);
    return value;
  }
}
