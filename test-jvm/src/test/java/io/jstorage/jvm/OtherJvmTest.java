package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings of a JVM are not taken for the output of its program. */
class OtherJvmTest {
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.out.println("printed");
      System.err.println("complained");
      System.exit(args.length);
    }
  }

  @TempDir Path directory;

  @Test
  void onlyTheOutputOfTheProgramIsReturned() throws Exception {
    // The JVM warns that this option is an old one, by default on the standard output.
    String old = "-Xloggc:" + directory.resolve("gc.log");
    assertThat(OtherJvm.outputOf(old, Main.class)).containsExactly("printed");
  }

  @Test
  void aProgramThatFailsIsReportedWithAllThatWasPrinted() {
    List<String> fails =
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "argument");
    assertThatThrownBy(() -> OtherJvm.outputOf(fails))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("printed", "complained");
  }
}
