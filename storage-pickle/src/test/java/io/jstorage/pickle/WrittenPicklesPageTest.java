package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pickle of each value, byte for byte. Every Python from 3.4 on has to read these very bytes,
 * which {@code check.py} tries: after a change, by hand on all of them.
 */
class WrittenPicklesPageTest {
  private static final Path PAGE = Path.of("src/test/resources/io/jstorage/pickle/written.txt");

  static String written() throws IOException {
    StringBuilder written = new StringBuilder();
    for (Map.Entry<String, Object> each : PythonValues.READ.entrySet()) {
      byte[] pickle = PickleCodec.untyped().encode(each.getValue());
      written.append(each.getKey() + " " + HexFormat.of().formatHex(pickle) + "\n");
    }
    return written.toString();
  }

  @Test
  void thePageHasThePicklesAsTheyAreWritten() throws IOException {
    if (System.getProperty("write-pages") != null) {
      Files.writeString(PAGE, written());
    }
    assertThat(Files.readString(PAGE))
        .as("see README.md of src/test/python, which says how to make it anew")
        .isEqualTo(written());
  }

  @Test
  void writtenValuesComeBack() throws IOException {
    for (Map.Entry<String, Object> each : PythonValues.READ.entrySet()) {
      byte[] pickle = PickleCodec.untyped().encode(each.getValue());
      Same.assertSame(PickleCodec.untyped().decode(pickle), each.getValue());
    }
  }
}
