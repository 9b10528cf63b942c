package io.jstorage.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.memory.LruStorage;
import io.jstorage.soak.Subject.Kind;
import io.jstorage.spi.ForwardingStorage;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A storage that breaks a promise now and then is found out by the workers of the soak. */
class TheSoakCatchesTest {
  private static final int MOST_STEPS = 20_000;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int SEED = 7;

  static final List<Broken> BROKEN =
      List.of(
          new Broken("may have") {
            @Override
            protected void doPut(String key, String value, @Nullable Duration ttl) {
              if (!isTime()) {
                super.doPut(key, value, ttl);
              }
            }
          },
          new Broken("torn value") {
            @Override
            protected @Nullable String doGet(String key) {
              String value = super.doGet(key);
              return value != null && isTime() ? value.substring(value.length() / 2) : value;
            }
          },
          new Broken("is the value of") {
            @Override
            protected @Nullable String doGet(String key) {
              String value = super.doGet(key);
              return value != null && isTime()
                  ? delegate().asMap().values().iterator().next()
                  : value;
            }
          },
          new Broken("after its end|returned true|putIfAbsent found") {
            @Override
            protected void doPut(String key, String value, @Nullable Duration ttl) {
              super.doPut(key, value, null);
            }
          },
          new Broken("putIfAbsent over") {
            @Override
            protected boolean doPutIfAbsent(String key, String value, @Nullable Duration ttl) {
              super.doPut(key, value, ttl);
              return true;
            }
          },
          new Broken("was written by somebody else") {
            @Override
            protected boolean doRemove(String key, Version version) {
              return !isTime() && super.doRemove(key, version);
            }
          },
          new Broken("returned false") {
            @Override
            protected boolean doRemove(String key) {
              return super.doRemove(key) && !isTime();
            }
          },
          new Broken("returned true") {
            @Override
            protected boolean doContains(String key) {
              return super.doContains(key) || isTime();
            }
          },
          new Broken("is listed twice") {
            @Override
            protected Stream<String> doKeys(String prefix) {
              return Stream.concat(super.doKeys(prefix), super.doKeys(prefix).limit(1));
            }
          },
          new Broken("is not listed") {
            @Override
            protected Stream<String> doKeys(String prefix) {
              return super.doKeys(prefix).skip(1);
            }
          },
          new Broken("without a reason") {
            @Override
            protected boolean doContains(String key) {
              throw new StorageException("no reason");
            }
          },
          new Broken("interrupt was swallowed") {
            @Override
            protected boolean doContains(String key) {
              long end = System.nanoTime() + 2_000_000;
              boolean interrupted = false;
              while (System.nanoTime() < end && !interrupted) {
                interrupted = Thread.interrupted();
              }
              return super.doContains(key);
            }
          });

  /** Sound but for what it overrides. */
  private abstract static class Broken extends ForwardingStorage<String> {
    private static final int SELDOM = 100;

    private final String complaint;
    private int calls;

    Broken(String complaint) {
      super(LruStorage.ofLimit(1000), true);
      this.complaint = complaint;
    }

    /** Whether this is one of the calls that go wrong. */
    boolean isTime() {
      return ++calls % SELDOM == 0;
    }

    @Override
    public String toString() {
      return complaint;
    }
  }

  /** Works until a violation is found or patience is at its end. */
  private static Tally work(ForwardingStorage<String> storage, BooleanSupplier patience)
      throws InterruptedException {
    Tally tally = new Tally();
    Subject subject = new Subject("broken", Kind.FILES, false, namespace -> storage);
    Worker worker = new Worker(0, "w", new Opened(subject, tally), tally, Journal.NONE, SEED);
    BooleanSupplier goOn = () -> tally.isSound() && patience.getAsBoolean();
    Interrupts interrupts = new Interrupts();
    Thread interrupter =
        new Thread(() -> interrupts.run(new SplittableRandom(SEED), goOn, () -> {}));
    interrupter.start();
    worker.run(goOn, interrupts);
    interrupter.join();
    return tally;
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void aBrokenPromise(Broken storage) throws InterruptedException {
    // An entry must outlive its time, which is no matter of steps.
    long end = System.nanoTime() + PATIENCE_NANOS;
    assertThat(work(storage, () -> System.nanoTime() < end).violations())
        .isNotEmpty()
        .allSatisfy(violation -> assertThat(violation).containsPattern(storage.complaint));
  }

  @Test
  void andNothingElse() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    Tally tally = work(new Broken("") {}, () -> steps.incrementAndGet() < MOST_STEPS);
    assertThat(tally.violations()).isEmpty();
  }

  @Test
  void aValueOfAnotherWriterThatGoesBackInTime() throws InterruptedException {
    Broken storage = new Broken("went back") {};
    Tally tally = new Tally();
    Opened opened =
        new Opened(new Subject("broken", Kind.FILES, false, namespace -> storage), tally);
    Worker worker = new Worker(0, "w", opened, tally, Journal.NONE, SEED);
    String key = "other";
    worker.watch(List.of(key));
    SplittableRandom random = new SplittableRandom(SEED);
    AtomicInteger steps = new AtomicInteger();
    worker.run(
        () -> {
          int step = steps.incrementAndGet();
          storage.put(key, Value.of(key, step < 100 ? step : step - 50, random));
          return step < MOST_STEPS && tally.isSound();
        },
        new Interrupts());
    assertThat(tally.violations()).hasSize(1).first().asString().contains("went back");
  }
}
