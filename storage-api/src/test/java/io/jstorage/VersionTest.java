package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void comesBackFromItsText() {
    for (Version version :
        new Version[] {
          Version.of(0),
          Version.of(-1),
          Version.of(new byte[] {0, (byte) 0xff}),
          Version.parse("\"an etag\"")
        }) {
      assertThat(Version.parse(version.toString())).isEqualTo(version).hasSameHashCodeAs(version);
    }
  }

  @Test
  void differentStatesDiffer() {
    assertThat(Version.of(1)).isNotEqualTo(Version.of(2)).isNotEqualTo("1");
    assertThat(Version.of(new byte[] {0})).isNotEqualTo(Version.of(new byte[] {0, 0}));
  }

  @Test
  void changingTheDigestAfterwardsChangesNothing() {
    byte[] digest = {1, 2};
    Version version = Version.of(digest);
    digest[0] = 9;
    assertThat(version).isEqualTo(Version.of(new byte[] {1, 2}));
  }

  @Test
  void theEmptyStringIsNoVersion() {
    assertThatIllegalArgumentException().isThrownBy(() -> Version.parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Version.of(new byte[0]));
  }
}
