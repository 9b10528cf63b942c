package com.example.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The transform alone: what it writes, and what it refuses to read. */
class AesTransformTest {
  private static final byte[] PLAIN = "a secret".getBytes(StandardCharsets.UTF_8);
  private static final AesTransform OLD = with("old:" + base64(1));
  private static final AesTransform ROTATED = with("new:" + base64(2), "old:" + base64(1));
  private static final AesTransform NEW = with("new:" + base64(2));

  private static AesTransform with(String... keys) {
    return new AesTransform(Keyring.parse(List.of(keys)));
  }

  /** A key of 32 equal bytes. */
  private static String base64(int fill) {
    return Base64.getEncoder().encodeToString(bytes(fill, 32));
  }

  private static byte[] bytes(int fill, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) fill);
    return bytes;
  }

  @Test
  void encryptedBytesComeBack() throws IOException {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 15, 16, 17, 1 << 20}) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] coded = OLD.apply("k", plain.clone());
      assertThat(coded).hasSize(length + 2 + "old".length() + 12 + 16);
      assertThat(OLD.invert("k", coded)).isEqualTo(plain);
    }
  }

  @Test
  void keysOfAllSizesEncrypt() throws IOException {
    for (int length : new int[] {16, 24, 32}) {
      AesTransform transform =
          with("k:" + Base64.getEncoder().encodeToString(bytes(length, length)));
      assertThat(transform.invert("k", transform.apply("k", PLAIN.clone()))).isEqualTo(PLAIN);
    }
  }

  @Test
  void theFormatIsTheOneThatIsDocumented() throws Exception {
    byte[] coded = OLD.apply("some key", PLAIN.clone());
    assertThat(Arrays.copyOf(coded, 5)).containsExactly(1, 3, 'o', 'l', 'd');
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(bytes(1, 32), "AES"),
        new GCMParameterSpec(128, coded, 5, 12));
    cipher.updateAAD(coded, 0, 5);
    cipher.updateAAD("some key".getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.doFinal(coded, 17, coded.length - 17)).isEqualTo(PLAIN);
  }

  @Test
  void noNonceComesTwiceAndNoCiphertextShowsThatValuesAreEqual() throws IOException {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] coded = OLD.apply("k", PLAIN.clone());
      assertThat(nonces.add(Arrays.toString(Arrays.copyOfRange(coded, 5, 17)))).isTrue();
      assertThat(new String(coded, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }
  }

  @Test
  void afterARotationOldKeysStillReadAndOnlyTheNewOneWrites() throws IOException {
    byte[] old = OLD.apply("k", PLAIN.clone());
    assertThat(ROTATED.invert("k", old.clone())).isEqualTo(PLAIN);
    byte[] rotated = ROTATED.apply("k", PLAIN.clone());
    assertThat(NEW.invert("k", rotated.clone())).isEqualTo(PLAIN);
    assertThatThrownBy(() -> OLD.invert("k", rotated))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key 'new'")
        .hasMessageContaining("[old]");
  }

  @Test
  void anotherKeyOfThatNameDoesNotRead() throws IOException {
    byte[] coded = OLD.apply("k", PLAIN.clone());
    assertThatThrownBy(() -> with("old:" + base64(9)).invert("k", coded))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another AES key of that name");
  }

  @Test
  void aValueMovedToAnotherKeyDoesNotRead() throws IOException {
    byte[] coded = OLD.apply("alice", PLAIN.clone());
    for (String key : List.of("bob", "alicE", "alice ", "alic")) {
      assertThatThrownBy(() -> OLD.invert(key, coded.clone()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("moved from another key");
    }
  }

  @Test
  void anyBytesAtAllAreAnIOException() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && i % 2 == 0) {
        bytes[0] = 1;
        bytes[1] = (byte) random.nextInt(8);
      }
      assertThatThrownBy(() -> OLD.invert("k", bytes)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKeyNameOutOfStrangeBytesIsShownEscaped() {
    byte[] coded = {1, 3, 'a', '\n', (byte) 0x85, 0, 0};
    assertThatThrownBy(() -> OLD.invert("k", coded))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'a\\u{a}\\u{85}'");
  }
}
