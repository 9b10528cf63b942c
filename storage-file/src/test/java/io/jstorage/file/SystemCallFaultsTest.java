package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.testkit.MemoryDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls that really fail, where the machine allows it. {@link FileFaultsTest} and its
 * neighbours fail every single one on a simulated disk, everywhere.
 */
@Timeout(300)
class SystemCallFaultsTest {
  /** Enough for a JVM and its class path, and soon reached. */
  private static final int MOST_OPEN_FILES = 150;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void aProcessThatMayOpenNoMoreFilesSaysSoAndLosesNothing() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "not every system has ulimit -n");
    List<String> limited =
        List.of("sh", "-c", "ulimit -n " + MOST_OPEN_FILES + " && exec \"$@\"", "sh");
    try (ChildJvm child = start(limited)) {
      int failures = 0;
      for (int spare = 3; spare >= 0; spare--) {
        for (String storage : FaultWorker.STORAGES) {
          for (String operation : FaultWorker.OPERATIONS) {
            String what = "%s %s, %d to spare".formatted(storage, operation, spare);
            assertThat(child.ask(storage + " reset")).as(what).startsWith("ok old");
            assertThat(child.ask("spare " + spare)).isEqualTo("ok");
            String answer = child.ask(storage + " " + operation);
            assertThat(child.ask("spare -1")).isEqualTo("ok");
            boolean failed = !answer.startsWith("ok");
            if (failed) {
              failures++;
              assertThat(answer).as(what).startsWith("Storage").contains("Too many open files");
            }
            boolean unchanged = answer.contains(" unchanged ") || !isWrite(operation);
            assertValue(child, storage, operation, unchanged ? "old" : "new", what);
          }
        }
      }
      // Without any, at least one of each operation that opens a file.
      assertThat(failures).isGreaterThanOrEqualTo(5 * FaultWorker.STORAGES.size());
    }
    assertNoTemporaryFile();
  }

  private static boolean isWrite(String operation) {
    return List.of("put", "putIfAbsent", "remove").contains(operation);
  }

  private static void assertValue(
      ChildJvm child, String storage, String operation, String value, String what)
      throws IOException {
    String expected =
        switch (operation) {
          case "remove" -> value.equals("old") ? "ok old" : "ok -";
          case "put" -> "ok " + value;
          default -> "ok old";
        };
    assertThat(child.ask(storage + " get")).as(what).isEqualTo(expected);
    // Returns whether there was a second entry.
    boolean second = operation.equals("putIfAbsent") && value.equals("new");
    assertThat(child.ask(storage + " reset")).as(what).isEqualTo("ok old " + second);
  }

  private record Injection(
      String calls, String error, int nth, String operation, String outcome, String message) {}

  private static final String OPEN = "?open,openat";
  private static final String RENAME = "?rename,?renameat,?renameat2";
  private static final String UNLINK = "?unlink,?unlinkat";

  private static final List<Injection> INJECTIONS =
      List.of(
          new Injection("fsync", "EIO", 1, "put", "unchanged", "sync failed"),
          new Injection("fsync", "EIO", 2, "put", "unknown", "Input/output error"),
          new Injection("fsync", "EIO", 1, "remove", "unknown", "Input/output error"),
          new Injection("write", "ENOSPC", 1, "put", "unchanged", "No space left on device"),
          new Injection("write", "EIO", 1, "putIfAbsent", "unchanged", "Input/output error"),
          new Injection(OPEN, "EMFILE", 1, "put", "unchanged", "Too many open files"),
          new Injection(OPEN, "EACCES", 1, "putIfAbsent", "unchanged", "AccessDenied"),
          new Injection(OPEN, "EIO", 1, "get", "unchanged", "Input/output error"),
          new Injection(RENAME, "EIO", 1, "put", "unchanged", "Input/output error"),
          new Injection(RENAME, "ENOSPC", 1, "putIfAbsent", "unchanged", "No space left"),
          new Injection(UNLINK, "EROFS", 1, "remove", "unchanged", "Read-only file system"),
          new Injection("fcntl", "ENOLCK", 1, "put", "unchanged", "No locks available"),
          new Injection("fcntl", "ENOLCK", 1, "remove", "unchanged", "No locks available"));

  @Test
  void aCallThatTheSystemFailsIsReportedAndHarmsNothing() throws Exception {
    try (ChildJvm child = start(List.of())) {
      for (Injection injection : INJECTIONS) {
        for (String storage : FaultWorker.STORAGES) {
          inject(child, injection, storage);
        }
      }
    }
    assertNoTemporaryFile();
  }

  private static void inject(ChildJvm child, Injection injection, String storage) throws Exception {
    String what = storage + ", " + injection;
    String operation = injection.operation;
    assertThat(child.ask(storage + " reset")).as(what).startsWith("ok old");
    String answer;
    try (Tracer tracer = Tracer.attach(child.pid(), injection)) {
      assumeTrue(tracer.isAttached(), "there is no strace, or it may not attach");
      answer = child.ask(storage + " " + operation);
    }
    assertThat(answer).as(what).contains(" " + injection.outcome + " ").contains(injection.message);
    boolean old = injection.outcome.equals("unchanged");
    assertValue(child, storage, operation, old ? "old" : "new", what);
  }

  private ChildJvm start(List<String> through) throws IOException {
    ChildJvm child =
        ChildJvm.start(
            through, System.getProperty("java.class.path"), FaultWorker.class, directory, Map.of());
    assertThat(child.hear()).isEqualTo("ready");
    return child;
  }

  private void assertNoTemporaryFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.map(String::valueOf)).noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  /** Lets system calls of a running process fail, as long as it is open. */
  private static final class Tracer implements AutoCloseable {
    private final Process process;
    private final boolean attached;

    private Tracer(Process process, boolean attached) {
      this.process = process;
      this.attached = attached;
    }

    static Tracer attach(long pid, Injection injection) throws IOException {
      String what =
          "inject=%s:error=%s:when=%d".formatted(injection.calls, injection.error, injection.nth);
      List<String> command =
          List.of("strace", "-f", "-o", "/dev/null", "-e", what, "-p", Long.toString(pid));
      Process process;
      try {
        process = new ProcessBuilder(command).start();
      } catch (IOException e) {
        return abort("there is no strace: " + e);
      }
      BufferedReader told =
          new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
      String line = told.readLine();
      while (line != null && !line.contains(" attached")) {
        line = told.readLine();
      }
      return new Tracer(process, line != null);
    }

    boolean isAttached() {
      return attached;
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }
}
