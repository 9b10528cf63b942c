package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RareLogTest {
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> logged = new ArrayList<>();

  private final System.Logger logger =
      new System.Logger() {
        @Override
        public String getName() {
          return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
          return true;
        }

        @Override
        public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable e) {
          logged.add(level + " " + message);
        }

        @Override
        public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object... parameters) {
          logged.add(level + " " + format);
        }
      };

  @Test
  void thereIsOneMessageAMinuteWhichCountsTheOthers() {
    RareLog log = new RareLog(logger, nanoTime::get);
    for (int i = 0; i < 5; i++) {
      log.warn("message " + i, null);
    }
    assertThat(logged).containsExactly("WARNING message 0");
    nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(1));
    log.warn("message 5", new IllegalStateException());
    log.warn("message 6", null);
    assertThat(logged)
        .containsExactly(
            "WARNING message 0",
            "WARNING message 5 (and 4 more since the last message of this kind)");
  }
}
