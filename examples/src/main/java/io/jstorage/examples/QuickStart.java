package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the main scenario on real files, prints each step, and checks itself.
 *
 * <p>Without an argument it works in a temporary directory, which it removes. With a URL as its
 * argument it runs the key-value part against that storage, where it adds one entry and removes it.
 * The exit status is 0 if every step did what it says, 1 if one did not, and 2 if it was started
 * with anything else.
 */
public final class QuickStart {
  private final PrintStream out;
  private final Report report;
  private final StorageProvider provider;
  private final Duration expiration;
  private final Countdown countdown;

  QuickStart(PrintStream out, StorageProvider provider, Duration expiration, boolean terminal) {
    this.out = out;
    this.report = new Report(out);
    this.provider = provider;
    this.expiration = expiration;
    this.countdown = new Countdown(out, terminal);
  }

  /**
   * Runs the quick start and ends the JVM.
   *
   * @param args nothing, or the URL of a storage
   * @throws Exception if the temporary directory cannot be made or removed
   */
  public static void main(String[] args) throws Exception {
    StorageProvider provider = StorageProvider.load();
    boolean terminal = Countdown.isTerminal();
    System.exit(new QuickStart(System.out, provider, Duration.ofSeconds(5), terminal).run(args));
  }

  /** Returns the exit status. */
  int run(String... args) throws IOException, InterruptedException {
    List<String> urls = Arrays.stream(args).filter(arg -> !arg.isBlank()).toList();
    if (urls.size() > 1) {
      out.println("Usage: QuickStart [URL of a storage, such as json:/tmp/data]");
      return 2;
    }
    try {
      if (urls.isEmpty()) {
        runInTemporaryDirectory();
      } else {
        runAgainst(urls.get(0));
      }
    } catch (Report.WrongStep | StorageException e) {
      out.printf("%nFAILED: %s%n", e.getMessage());
      return 1;
    }
    out.printf("%nAll %d steps did what they say.%n", report.steps());
    return 0;
  }

  private void runInTemporaryDirectory() throws IOException, InterruptedException {
    findStorages();
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      StorageOptions options = StorageOptions.of("path", directory.path());
      try (Storage<Object> storage = provider.create(StorageProvider.STORAGE_JSON, options)) {
        KeyValuePart keyValue = new KeyValuePart(report);
        FilePart file = new FilePart(report, directory.path());
        keyValue.store(storage);
        file.look(storage);
        keyValue.remove(storage);
        file.lookThatItIsGone(storage);
        new ExpiryPart(report, provider, expiration, countdown).run(storage);
        file.lookThatItIsGone(storage);
      }
      new LruPart(report, provider).run();
      new DiskLruPart(report, provider, directory.path().resolve("pages")).run();
      new CustomPart(report, provider).run();
      report.step("Clean up");
      report.say("remove " + directory.path());
    }
  }

  private void runAgainst(String url) {
    findStorages();
    try (Storage<Object> storage = provider.open(url)) {
      KeyValuePart keyValue = new KeyValuePart(report);
      keyValue.store(storage);
      report.say("size() is " + storage.size());
      keyValue.remove(storage);
    }
  }

  private void findStorages() {
    report.step("Find the storages on the path");
    report.say("StorageProvider.load().names() is " + provider.names());
  }
}
