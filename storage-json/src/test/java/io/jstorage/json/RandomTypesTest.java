package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jstorage.Codec;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JavaType;

class RandomTypesTest {
  /** By a comparison of its own, so that an error in that of the codec shows. */
  @Test
  void aValueOfAnyTypeComesBackEqualOrIsRefusedAndMostAreNotReadBackForThat() {
    long seed = Long.getLong("jstorage.json.seed", 20260101);
    Random random = new Random(seed);
    int refused = 0;
    int known = 0;
    int back = 0;
    for (int i = 0; i < 300; i++) {
      RandomTypes.Sample sample = RandomTypes.any(random, 1 + random.nextInt(3));
      Codec<Object> codec = new JsonCodec<>(sample.type(), JsonCodec.mapper());
      @Nullable Shape shape = Shapes.of(sample.type(), JsonCodec.mapper());
      for (int n = 0; n < 10; n++) {
        Object value = sample.values().apply(random);
        if (value == null) {
          continue;
        }
        try {
          byte[] json = codec.encode(value);
          assertThatCode(() -> codec.decode(json))
              .as("seed %d, type %s, value %s", seed, sample.type(), value)
              .doesNotThrowAnyException();
          Object read = codec.decode(json);
          assertThat(RandomTypes.content(read))
              .as("seed %d, type %s, value %s", seed, sample.type(), value)
              .isEqualTo(RandomTypes.content(value));
          back++;
          known += shape != null && shape.passes(value) ? 1 : 0;
        } catch (IOException e) {
          assertThatItMayBeRefused(sample.type(), value, e);
          refused++;
        }
      }
    }
    assertThat(refused).isBetween(20, back / 2);
    assertThat(known).isGreaterThan(back / 2);
  }

  private static void assertThatItMayBeRefused(JavaType type, Object value, IOException e) {
    assertThat(e)
        .as("%s of %s", value, type)
        .message()
        .containsAnyOf(
            "would not come back equal",
            "could not be read back",
            "which is never a value",
            "NaN is not a number in JSON",
            "unpaired surrogate",
            "Duplicate");
  }
}
