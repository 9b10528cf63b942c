package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PendingUsesTest {
  private final PendingUses uses = new PendingUses();

  @Test
  void aNameStandsWhereItWasUsedLast() {
    List.of("a", "b", "a").forEach(uses::add);
    assertThat(uses.take()).containsExactly("b", "a");
    assertThat(uses.isEmpty()).isTrue();
  }

  @Test
  void accessesGivenBackPrecedeLaterOnes() {
    List.of("a", "b", "c").forEach(uses::add);
    List<String> taken = uses.take();
    List.of("d", "a").forEach(uses::add);
    uses.giveBack(taken);
    assertThat(uses.take()).containsExactly("b", "c", "d", "a");
  }
}
