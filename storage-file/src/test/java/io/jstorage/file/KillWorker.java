package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * A process that waits for a line and then writes until it is killed: four threads to durable
 * files, two to a disk LRU. It says after each write what was written; a line that is whole ends in
 * a dot.
 */
final class KillWorker {
  static final int WRITERS = 4;
  static final int KEYS = 6;
  static final int LIMIT = 20;
  static final int LRU_WRITERS = 2;

  private KillWorker() {}

  @SuppressWarnings("resource") // whoever asked kills this process
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Storage<String> files = files(directory);
    Storage<String> lru = lru(directory);
    out.println("ready");
    String go = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      new Thread(() -> write(files, writer, out)).start();
    }
    for (int i = 0; i < LRU_WRITERS; i++) {
      int writer = i;
      new Thread(() -> writeLru(lru, go + writer, out)).start();
    }
  }

  static Storage<String> files(Path directory) {
    return FileStore.at(directory).suffix(".full").storage(Codecs.text());
  }

  static Storage<String> lru(Path directory) {
    return DiskLruStore.at(directory).limit(LIMIT).storage(Codecs.text());
  }

  private static void write(Storage<String> storage, int writer, PrintStream out) {
    for (int n = 0; ; n++) {
      String key = key(writer, n);
      if (n % 20 == 19) {
        storage.remove(key);
        out.println("removed " + writer + " " + n + " .");
      } else {
        storage.put(key, value(key, n));
        out.println("put " + writer + " " + n + " .");
      }
    }
  }

  private static void writeLru(Storage<String> storage, String prefix, PrintStream out) {
    for (int n = 0; ; n++) {
      String key = prefix + "-" + n;
      storage.put(key, value(key, n));
      out.println("lru " + prefix + " " + n + " .");
    }
  }

  /** Some keys are so long that there is a file for the key as well. */
  static String key(int writer, int n) {
    int i = n % KEYS;
    return writer + "-" + i + "-".repeat(i == 0 ? 300 : 0);
  }

  /** A value that tells by itself of which write it is, and whether it is whole. */
  static String value(String key, int n) {
    String part = key + " " + n + ";";
    return part + "#" + part.repeat(1 + n * 37 % 500) + "#";
  }

  /** The number of the write that a value is of. */
  static int numberOf(String key, String value) {
    int n = Integer.parseInt(value.substring(key.length() + 1, value.indexOf(';')));
    if (!value.equals(value(key, n))) {
      throw new AssertionError("a torn value of " + key + ": " + value);
    }
    return n;
  }
}
