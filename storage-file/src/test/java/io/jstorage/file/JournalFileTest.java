package io.jstorage.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.file.JournalLines.Kind;
import io.jstorage.testkit.MemoryDirectory;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private Path file;

  @BeforeEach
  void make() throws IOException {
    file = Files.createFile(root.resolve("journal"));
  }

  private static List<String> read(JournalFile journal) throws IOException {
    List<String> lines = new ArrayList<>();
    journal.read((kind, argument) -> lines.add(kind + " " + argument));
    return lines;
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void linesAreReadWhereverABufferEnds() throws IOException {
    List<String> expected = new ArrayList<>();
    JournalLines lines = new JournalLines();
    for (int i = 0; i < 20_000; i++) {
      String name = "n" + i + "x".repeat(i % 50);
      lines.add(Kind.PUT, name);
      expected.add("PUT " + name);
    }
    try (JournalFile journal = JournalFile.open(Disk.SYSTEM, file)) {
      journal.append(lines);
      assertThat(read(journal)).isEqualTo(expected);
      assertThat(read(journal)).isEmpty();
      assertThat(journal.endsInMidLine()).isFalse();
    }
  }

  @Test
  void tooLongLinesAreSkipped() throws IOException {
    try (JournalFile journal = JournalFile.open(Disk.SYSTEM, file)) {
      append("x".repeat(200_000));
      journal.append(new JournalLines().add(Kind.GET, "a"));
      assertThat(read(journal)).containsExactly("GET a");
    }
  }

  @Test
  void aJournalThatIsClosedWhileItIsAppendedToSaysSo() throws Exception {
    JournalLines line = new JournalLines().add(Kind.GET, "a");
    SplittableRandom random = new SplittableRandom(1);
    ExecutorService appender = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 3_000; i++) {
        JournalFile journal = JournalFile.open(Disk.SYSTEM, file);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Throwable> failure =
            appender.submit(() -> catchThrowable(() -> appendAgainAndAgain(journal, line, begun)));
        begun.await();
        LockSupport.parkNanos(random.nextInt(20_000));
        journal.close();
        assertThat(failure.get()).isInstanceOf(ClosedChannelException.class);
      }
    } finally {
      appender.shutdownNow();
    }
  }

  private static void appendAgainAndAgain(
      JournalFile journal, JournalLines line, CountDownLatch begun) throws IOException {
    begun.countDown();
    while (true) {
      journal.append(line);
    }
  }

  @Test
  void aLineIsReadOnceAllOfItIsThere() throws IOException {
    String line = new String(new JournalLines().add(Kind.DELETE, "a").toBytes(), US_ASCII);
    try (JournalFile journal = JournalFile.open(Disk.SYSTEM, file)) {
      for (char c : line.substring(0, line.length() - 1).toCharArray()) {
        append(String.valueOf(c));
        assertThat(read(journal)).isEmpty();
      }
      assertThat(journal.endsInMidLine()).isTrue();
      append("\n");
      assertThat(read(journal)).containsExactly("DELETE a");
      assertThat(journal.endsInMidLine()).isFalse();
    }
  }
}
