package com.example.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[16]);

  @Test
  void invalidKeysAreRefusedWithoutShowingThem() {
    for (List<String> keys :
        List.of(
            List.<String>of(),
            List.of("SECRET"),
            List.of("k:SECRET"),
            List.of("k:SECRET!!"),
            List.of("k:SECRETSECRETSECRET"),
            List.of("k:" + KEY, "k:" + KEY),
            List.of("k 1:" + KEY),
            List.of(":" + KEY),
            List.of("k".repeat(65) + ":" + KEY))) {
      assertThatThrownBy(() -> Keyring.parse(keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .message()
          .doesNotContain("SECRET", KEY);
    }
  }

  @Test
  void theKeyThatEncryptsIsAmongTheKeys() {
    SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    assertThatThrownBy(() -> new Keyring("new", Map.of("old", key)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsTextNamesTheKeysAndShowsNone() {
    assertThat(Keyring.parse(List.of("b:" + KEY, "a:" + KEY))).hasToString("Keyring[a, b]");
  }
}
