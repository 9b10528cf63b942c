package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeedTest {
  private static final String PROPERTY = "jstorage.testkit.seed.of.this.test";

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void withoutThePropertyItIsAlwaysTheSame() {
    assertThat(Seed.number(PROPERTY, 5)).isEqualTo(5);
    System.setProperty(PROPERTY, " ");
    assertThat(Seed.number(PROPERTY, 5)).isEqualTo(5);
  }

  @Test
  void thePropertySetsIt() {
    System.setProperty(PROPERTY, " -7 ");
    assertThat(Seed.number(PROPERTY, 5)).isEqualTo(-7);
  }

  @Test
  void invalidNumbersAreRefused() {
    System.setProperty(PROPERTY, "seven");
    assertThatThrownBy(() -> Seed.number(PROPERTY, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(PROPERTY, "'seven'");
  }

  @Test
  void aFailureSaysHowToSetIt() {
    assertThat(Seed.shown(7)).isEqualTo("seed 7, set by -Djstorage.testkit.seed=7");
  }
}
