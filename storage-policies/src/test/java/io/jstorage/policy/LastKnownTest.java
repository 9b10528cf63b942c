package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastKnownTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LastKnown<String> known = new LastKnown<>(Duration.ofHours(1), 100);

  @Test
  void valuesReadDuringAChangeAreNotRemembered() {
    long before = known.beforeRead("k");
    long change = known.beforeChange("k");
    long during = known.beforeRead("k");
    known.saw("k", before, "old", NOW);
    assertThat(known.find("k", NOW)).isNull();
    known.changed("k", change, "new", NOW);
    known.saw("k", during, "old", NOW);
    assertThat(known.find("k", NOW)).isEqualTo("new");
    known.saw("k", known.beforeRead("k"), "newer", NOW);
    assertThat(known.find("k", NOW)).isEqualTo("newer");
  }

  @Test
  void ofTwoChangesBesideEachOtherNeitherIsRemembered() {
    long one = known.beforeChange("k");
    long other = known.beforeChange("k");
    known.changed("k", one, "1", NOW);
    known.changed("k", other, "2", NOW);
    assertThat(known.find("k", NOW)).isNull();
  }

  @Test
  void aChangeThatDidNotHappenLeavesWhatIsKnown() {
    known.changed("k", known.beforeChange("k"), "v", NOW);
    known.beforeChange("k");
    known.unchanged("k");
    assertThat(known.find("k", NOW)).isEqualTo("v");
  }

  @Test
  void theAgeCountsFromTheBeginningAndAClockSetBackHarmsNothing() {
    known.saw("k", known.beforeRead("k"), "v", NOW);
    assertThat(known.find("k", NOW.minusSeconds(3600))).isEqualTo("v");
    assertThat(known.find("k", NOW.plusSeconds(3600))).isNull();
    assertThat(known.find("k", NOW)).isNull();
  }

  @Test
  void anAgeBeyondAllInstantsIsForever() {
    LastKnown<String> forever = new LastKnown<>(Duration.ofSeconds(Long.MAX_VALUE), 1);
    forever.saw("k", forever.beforeRead("k"), "v", NOW);
    assertThat(forever.find("k", Instant.MAX)).isEqualTo("v");
  }
}
