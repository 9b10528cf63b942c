package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The program of the other processes: it obeys one command a line and answers with one line. */
final class Worker {
  private Worker() {}

  static Storage<String> open(Path directory) {
    return FileStore.at(directory).durability(Durability.NONE).storage(Codecs.text());
  }

  static Storage<String> openExpiring(Path directory) {
    return FileStore.at(directory)
        .suffix(".expiring")
        .durability(Durability.NONE)
        .expiration(Duration.ofHours(1))
        .storage(Codecs.text());
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    try (Storage<String> storage = open(directory);
        Storage<String> expiring = openExpiring(directory);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "putIfAbsent" -> out.println(storage.putIfAbsent(words[1], words[2]));
          case "get" -> out.println(expiring.get(words[1]).orElse("-"));
          case "increment" -> {
            increment(storage, words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            out.println("done");
          }
          case "names" -> out.println(names(storage, words));
          case "openChild" -> out.println(openChild(directory));
          case "write" -> writeOn(expiring);
          default -> throw new IOException("what is " + line + "?");
        }
      }
    }
  }

  /** Adds one to a number many times in several threads, each time by compare-and-replace. */
  static void increment(Storage<String> storage, String key, int threads, int times)
      throws InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < times; n++) {
                  incrementOnce(storage, key);
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private static void incrementOnce(Storage<String> storage, String key) {
    boolean replaced = false;
    while (!replaced) {
      Entry<String> entry = storage.entry(key).orElseThrow();
      String next = Integer.toString(Integer.parseInt(entry.value()) + 1);
      replaced = storage.replace(key, entry.version().orElseThrow(), next);
    }
  }

  /** Writes under keys given in hexadecimal UTF-8, and tells in the same form which it then has. */
  private static String names(Storage<String> storage, String[] words) {
    HexFormat hex = HexFormat.of();
    for (int i = 1; i < words.length; i++) {
      String key = new String(hex.parseHex(words[i]), UTF_8);
      storage.put(key, "value of " + key);
    }
    try (Stream<String> keys = storage.keys()) {
      return String.join(" ", keys.map(key -> hex.formatHex(key.getBytes(UTF_8))).toList());
    }
  }

  /**
   * Opens the directory in the directory, whose name only the system knows, and tells how it went.
   */
  private static String openChild(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
      FileStore.at(children.iterator().next()).open().close();
      return "opened";
    } catch (StorageException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Writes until it is killed, so that there is always somebody who wants the lock. */
  private static void writeOn(Storage<String> storage) {
    for (int n = 0; ; n++) {
      storage.put("written by another process", String.valueOf(n));
    }
  }
}
