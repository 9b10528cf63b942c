package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountdownTest {
  private static final Duration DURATION = Duration.ofMillis(200);

  private static String shown(boolean terminal) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    long start = System.nanoTime();
    new Countdown(out, terminal).await(DURATION);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(DURATION.toNanos());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTerminalSeesTheTimeThatIsLeftUntilItIsOver() throws InterruptedException {
    assertThat(shown(true)).startsWith("\r   waiting 1 s ").endsWith("\r                \r");
  }

  @Test
  void aPipeSeesNothing() throws InterruptedException {
    assertThat(shown(false)).isEmpty();
  }
}
