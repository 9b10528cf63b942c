package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Codec;
import io.jstorage.jvm.OtherJvm;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The operator's settings for deserialization apply to a whole JVM, so each test has one of its
 * own.
 */
class JvmWideFilterTest {
  enum Color {
    RED
  }

  /** Ignores every filter that a library asks for. */
  public static final class CarelessFactory implements BinaryOperator<ObjectInputFilter> {
    @Override
    public ObjectInputFilter apply(
        @Nullable ObjectInputFilter current, @Nullable ObjectInputFilter next) {
      return info -> ObjectInputFilter.Status.ALLOWED;
    }
  }

  /** Runs in the other JVM. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      Codec<Object> codec = SerializedCodec.of(Object.class);
      for (Object value : List.of("text", new UUID(1, 2), Color.RED)) {
        try {
          System.out.println(codec.decode(codec.encode(value)));
        } catch (IOException e) {
          System.out.println("refused " + value);
        }
      }
    }
  }

  @Test
  void theJvmsFilterCanRefuseWhatTheCodecAllows() throws Exception {
    assertThat(OtherJvm.outputOf("-Djdk.serialFilter=!java.util.UUID;maxdepth=100", Main.class))
        .contains("text", "refused " + new UUID(1, 2), "refused RED");
  }

  @Test
  void theJvmsFilterCannotAllowWhatTheCodecRefuses() throws Exception {
    assertThat(OtherJvm.outputOf("-Djdk.serialFilter=*", Main.class))
        .contains("text", new UUID(1, 2).toString(), "refused RED");
  }

  @Test
  void neitherCanAFilterFactory() throws Exception {
    String factory = "-Djdk.serialFilterFactory=" + CarelessFactory.class.getName();
    assertThat(OtherJvm.outputOf(factory, Main.class))
        .contains("text", new UUID(1, 2).toString(), "refused RED");
  }
}
