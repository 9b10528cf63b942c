package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartsInFlightTest {
  private final Parallel threads = new Parallel(2, "test");

  @AfterEach
  void close() {
    threads.close();
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("a"),
        new IllegalStateException("b"),
        new OutOfMemoryError("c"),
        new Exception("which its signature hides"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anyFailureOfAPartEndsTheUpload(Throwable failure) throws IOException {
    try (PartsInFlight parts = new PartsInFlight(threads)) {
      parts.send(() -> PartsInFlightTest.<RuntimeException>sneak(failure), () -> {});
      assertThatThrownBy(parts::awaitAll)
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isSameAs(failure),
              thrown -> assertThat(thrown).isInstanceOf(IOException.class).hasCause(failure));
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }
}
