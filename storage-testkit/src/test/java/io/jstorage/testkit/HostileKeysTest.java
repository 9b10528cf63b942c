package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.spi.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileKeysTest {
  @ParameterizedTest
  @ValueSource(ints = {255, 512, 1024})
  void theyAreKeysUpToExactlyTheLimit(int maxBytes) {
    List<String> keys = HostileKeys.upTo(maxBytes);
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> Keys.isValid(key, maxBytes));
    assertThat(keys)
        .anyMatch(key -> key.getBytes(StandardCharsets.UTF_8).length == maxBytes)
        .containsAll(HostileKeys.portable());
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 1024})
  void theInvalidOnesAreNoKeys(int maxBytes) {
    assertThat(HostileKeys.invalid(maxBytes)).noneMatch(key -> Keys.isValid(key, maxBytes));
  }

  @Test
  void lookAlikesDiffer() {
    assertThat(HostileKeys.lookAlikes()).noneMatch(pair -> pair.one().equals(pair.other()));
  }
}
