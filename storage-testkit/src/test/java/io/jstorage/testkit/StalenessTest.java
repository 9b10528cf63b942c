package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.testkit.Staleness.Emptying;
import io.jstorage.testkit.Staleness.Read;
import io.jstorage.testkit.Staleness.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge of old reads, judged by histories of which it is plain what they are. */
class StalenessTest {
  private static final int WRITER = 0;
  private static final int OTHER = 1;
  private static final long BOUND = 100;

  private final List<Write> writes = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final List<Emptying> emptyings = new ArrayList<>();

  private void put(long begin, long end) {
    writes.add(new Write("k", writes.size() + 1, false, WRITER, begin, end));
  }

  private void remove(long begin, long end) {
    writes.add(new Write("k", writes.size() + 1, true, WRITER, begin, end));
  }

  private void read(int opener, @Nullable Integer number, long begin, long end) {
    reads.add(new Read("k", number, opener, begin, end));
  }

  private Optional<String> violation() {
    Optional<String> violation = Staleness.violation(writes, reads, emptyings, BOUND);
    List<Read> reversed = new ArrayList<>(reads);
    Collections.reverse(reversed);
    assertThat(Staleness.violation(writes, reversed, emptyings, BOUND).isPresent())
        .isEqualTo(violation.isPresent());
    return violation;
  }

  @Test
  void anOldValueIsReadWithinTheBoundAndNotAfterIt() {
    put(0, 1);
    put(10, 11);
    read(OTHER, 1, 110, 200);
    assertThat(violation()).isEmpty();
    read(OTHER, 1, 111, 200);
    assertThat(violation()).get().asString().contains("older than it may be");
  }

  @Test
  void theWritersOpenerReadsItsWritesAtOnce() {
    put(0, 1);
    put(10, 20);
    read(WRITER, 1, 19, 30);
    assertThat(violation()).isEmpty();
    read(WRITER, 1, 20, 30);
    assertThat(violation()).isPresent();
  }

  @Test
  void anOpenerNeverGoesBack() {
    put(0, 1);
    put(10, 11);
    read(OTHER, 2, 20, 30);
    read(OTHER, 1, 29, 40);
    assertThat(violation()).as("they overlap").isEmpty();
    read(OTHER, 1, 30, 40);
    assertThat(violation()).isPresent();
  }

  @Test
  void aRemovedValueDoesNotComeBack() {
    put(0, 1);
    remove(10, 11);
    read(OTHER, 1, 20, 30);
    read(OTHER, null, 40, 50);
    assertThat(violation()).isEmpty();
    read(OTHER, 1, 60, 70);
    assertThat(violation()).isPresent();
  }

  @Test
  void aValueIsNotMissingWithoutARemoval() {
    put(0, 1);
    read(OTHER, null, 50, 60);
    assertThat(violation()).as("within the bound").isEmpty();
    read(OTHER, null, 101, 110);
    assertThat(violation()).get().asString().contains("missing");
  }

  @Test
  void absenceIsThatOfAnyRemoval() {
    put(0, 1);
    remove(10, 11);
    put(20, 21);
    remove(30, 31);
    put(40, 41);
    read(OTHER, null, 50, 60);
    read(OTHER, 3, 61, 70);
    assertThat(violation()).as("the first removal").isEmpty();
    read(OTHER, 5, 71, 72);
    read(OTHER, null, 73, 74);
    assertThat(violation()).isPresent();
  }

  @Test
  void nothingIsReadBeforeItIsWritten() {
    put(50, 60);
    read(OTHER, 1, 10, 50);
    assertThat(violation()).isEmpty();
    read(OTHER, 1, 10, 49);
    assertThat(violation()).get().asString().contains("nobody has written");
    reads.remove(1);
    read(OTHER, 7, 90, 91);
    assertThat(violation()).isPresent();
  }

  @Test
  void anUnknownWriteMayBeSeenOrNot() {
    put(0, 1);
    put(10, Staleness.NEVER);
    read(OTHER, 1, 500, 501);
    read(OTHER, 2, 510, 511);
    assertThat(violation()).isEmpty();
    read(OTHER, 1, 520, 521);
    assertThat(violation()).isPresent();
  }

  @Test
  void anAbsenceThatAnEmptyingExplainsIsNotTakenForALaterRemoval() {
    put(0, 1);
    emptyings.add(new Emptying(2, 3));
    put(10, 30);
    remove(35, 60);
    read(OTHER, null, 4, 40);
    read(OTHER, 2, 41, 45);
    assertThat(violation()).isEmpty();
  }

  @Test
  void valuesAreMissingAfterAnEmptyingAndDoNotComeBack() {
    put(0, 1);
    emptyings.add(new Emptying(10, 20));
    read(OTHER, 1, 119, 130);
    read(OTHER, null, 130, 140);
    read(OTHER, null, 400, 410);
    assertThat(violation()).isEmpty();
    read(WRITER, 1, 120, 130);
    assertThat(violation()).get().asString().contains("came back");
    reads.remove(3);
    put(500, 501);
    read(OTHER, null, 700, 710);
    assertThat(violation()).as("it was written after that").isPresent();
  }
}
