package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant EXPIRES = WRITTEN.plusSeconds(5);
  private static final Entry<String> FULL =
      Entry.of("value").withVersion(Version.of(7)).withWrittenAt(WRITTEN).withExpiresAt(EXPIRES);

  @Test
  void knowsNothingButTheValueAtFirst() {
    Entry<String> entry = Entry.of("value");
    assertThat(entry.value()).isEqualTo("value");
    assertThat(entry.version()).isEmpty();
    assertThat(entry.writtenAt()).isEmpty();
    assertThat(entry.expiresAt()).isEmpty();
  }

  @Test
  void keepsWhatItIsTold() {
    assertThat(FULL.version()).contains(Version.of(7));
    assertThat(FULL.writtenAt()).contains(WRITTEN);
    assertThat(FULL.expiresAt()).contains(EXPIRES);
  }

  @Test
  void anotherValueKeepsTheRest() {
    Entry<Integer> other = FULL.withValue(5);
    assertThat(other.value()).isEqualTo(5);
    assertThat(other.withValue("value")).isEqualTo(FULL).hasSameHashCodeAs(FULL);
  }

  @Test
  void isEqualByEverythingItKnows() {
    assertThat(FULL)
        .isNotEqualTo(FULL.withValue("other"))
        .isNotEqualTo(FULL.withVersion(Version.of(8)))
        .isNotEqualTo(FULL.withWrittenAt(EXPIRES))
        .isNotEqualTo(FULL.withExpiresAt(WRITTEN))
        .isNotEqualTo(Entry.of("value"));
  }

  @Test
  void arraysAreEqualByContent() {
    Entry<byte[]> entry = Entry.of(new byte[] {1});
    assertThat(entry)
        .isEqualTo(Entry.of(new byte[] {1}))
        .hasSameHashCodeAs(Entry.of(new byte[] {1}))
        .isNotEqualTo(Entry.of(new byte[] {2}));
  }

  @Test
  void doesNotPrintTheValue() {
    assertThat(FULL.withValue("hunter2").toString())
        .contains("7", WRITTEN.toString(), EXPIRES.toString())
        .doesNotContain("hunter2");
  }
}
