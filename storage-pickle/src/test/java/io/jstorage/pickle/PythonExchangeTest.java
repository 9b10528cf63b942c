package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that go to the Python of this machine and come back, where there is one. */
class PythonExchangeTest {
  private static final int VALUES = 1_000;

  @Test
  void pythonReadsWhatIsWritten() throws IOException {
    try (Python python = Python.run("check.py")) {
      List<String> answer = python.answer(WrittenPicklesPageTest.written());
      assertThat(answer).containsExactly(PythonValues.READ.size() + " checked, 0 wrong");
    }
  }

  @Test
  void anyValueGoesToPythonAndComesBackInEachProtocol() throws IOException {
    long seed = System.nanoTime();
    RandomValues values = new RandomValues(seed);
    int exchanged = 0;
    try (Python python = Python.run("echo.py")) {
      for (int i = 0; i < VALUES; i++) {
        Object value = values.value();
        byte[] pickle;
        try {
          pickle = PickleCodec.untyped().encode(value);
        } catch (Refusal e) {
          assertThat(e).as("seed %d", seed).hasMessageContaining("are one to Python");
          continue;
        }
        exchanged++;
        for (String again : python.ask(HexFormat.of().formatHex(pickle)).split(" ", -1)) {
          assertThat(again).as("seed %d, value %d: %s", seed, i, value).matches("[0-9a-f]+");
          Object read = PickleCodec.untyped().decode(HexFormat.of().parseHex(again));
          try {
            Same.assertSame(read, value);
          } catch (AssertionError e) {
            throw new AssertionError("seed %d, value %d".formatted(seed, i), e);
          }
        }
      }
    }
    assertThat(exchanged).isGreaterThan(VALUES / 2);
  }

  /** Two dicts of which Python would make one entry less are not written. */
  @Test
  void keysThatAreOneToPythonAreOneThere() throws IOException {
    try (Python python = Python.run("echo.py")) {
      // {1: 'a', 1.0: 'b'}, as no writer writes it
      String twice = "80047d284b018c0161473ff00000000000008c0162752e";
      String once = python.ask(twice).split(" ", -1)[4];
      assertThat(PickleCodec.untyped().decode(HexFormat.of().parseHex(once)))
          .isEqualTo(PythonValues.dict(1L, "b"));
    }
    assertThatThrownBy(() -> PickleCodec.untyped().encode(PythonValues.dict(1L, "a", 1.0, "b")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "two keys of a dict, or elements of a set, are one to Python, in the value's [1.0]");
  }
}
