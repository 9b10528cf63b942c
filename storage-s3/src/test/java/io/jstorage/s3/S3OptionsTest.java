package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Option;
import io.jstorage.spi.StandardOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3OptionsTest {
  @Test
  void everyConstantIsRegistered() {
    List<Option<?>> constants =
        Arrays.stream(S3Options.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .<Option<?>>map(S3OptionsTest::valueOf)
            .toList();
    assertThat(constants).hasSizeGreaterThan(10);
    assertThat(S3Options.all())
        .hasSize(constants.size() + 2)
        .containsAll(constants)
        .contains(StandardOptions.EXPIRATION, StandardOptions.CLOCK);
  }

  private static Option<?> valueOf(Field field) {
    try {
      return (Option<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
