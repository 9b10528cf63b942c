package io.jstorage.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.memory.LruStorage;
import io.jstorage.soak.Subject.Kind;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
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
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int SEED = 7;

  static final List<Broken> BROKEN =
      List.of(
          new Broken("may have") {
            @Override
            public boolean write(String key, String value, WriteOptions options)
                throws IOException {
              return (options.condition().isNone() && isTime()) || super.write(key, value, options);
            }
          },
          new Broken("torn value") {
            @Override
            public @Nullable String read(String key, Access access) throws IOException {
              String value = super.read(key, access);
              return value != null && isTime() ? value.substring(value.length() / 2) : value;
            }
          },
          new Broken("is the value of") {
            @Override
            public @Nullable String read(String key, Access access) throws IOException {
              String value = super.read(key, access);
              return value != null && isTime() ? sound().asMap().values().iterator().next() : value;
            }
          },
          new Broken("after its end|returned true|putIfAbsent found") {
            @Override
            public boolean write(String key, String value, WriteOptions options)
                throws IOException {
              return super.write(key, value, WriteOptions.NONE.onlyIf(options.condition()));
            }
          },
          new Broken("putIfAbsent over") {
            @Override
            public boolean write(String key, String value, WriteOptions options)
                throws IOException {
              return super.write(
                  key,
                  value,
                  options.condition().isAbsent() ? options.onlyIf(Condition.NONE) : options);
            }
          },
          new Broken("was written by somebody else") {
            @Override
            public boolean delete(String key, Condition condition) throws IOException {
              return !(!condition.isNone() && isTime()) && super.delete(key, condition);
            }
          },
          new Broken("returned false") {
            @Override
            public boolean delete(String key, Condition condition) throws IOException {
              return super.delete(key, condition) && !(condition.isNone() && isTime());
            }
          },
          new Broken("returned true") {
            @Override
            public boolean contains(String key) throws IOException {
              return super.contains(key) || isTime();
            }
          },
          new Broken("is listed twice") {
            @Override
            public Stream<String> keys(String prefix) throws IOException {
              return Stream.concat(super.keys(prefix), super.keys(prefix).limit(1));
            }
          },
          new Broken("is not listed") {
            @Override
            public Stream<String> keys(String prefix) throws IOException {
              return super.keys(prefix).skip(1);
            }
          },
          new Broken("without a reason") {
            @Override
            public boolean contains(String key) {
              throw new StorageException("no reason");
            }
          },
          new Broken("interrupt was swallowed") {
            @Override
            public boolean contains(String key) throws IOException {
              long end = System.nanoTime() + 2_000_000;
              boolean interrupted = false;
              while (System.nanoTime() < end && !interrupted) {
                interrupted = Thread.interrupted();
              }
              return super.contains(key);
            }
          });

  /** Sound but for what it overrides. */
  private abstract static class Broken extends ForwardingStore<String> {
    private static final int SELDOM = 100;

    private final Storage<String> sound;
    private final String complaint;
    private int calls;

    Broken(String complaint) {
      this(complaint, LruStorage.ofLimit(1000));
    }

    private Broken(String complaint, Storage<String> sound) {
      super(Storages.asStore(sound));
      this.sound = sound;
      this.complaint = complaint;
    }

    Storage<String> sound() {
      return sound;
    }

    Storage<String> storage() {
      return Storages.ofPolicy(this, List.of(sound));
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
  private static Tally work(Storage<String> storage, BooleanSupplier patience)
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
  void aBrokenPromise(Broken broken) throws InterruptedException {
    // An entry must outlive its time, which is no matter of steps.
    long end = System.nanoTime() + PATIENCE_NANOS;
    assertThat(work(broken.storage(), () -> System.nanoTime() < end).violations())
        .isNotEmpty()
        .allSatisfy(violation -> assertThat(violation).containsPattern(broken.complaint));
  }

  @Test
  void andNothingElse() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    Tally tally = work(new Broken("") {}.storage(), () -> steps.incrementAndGet() < MOST_STEPS);
    assertThat(tally.violations()).isEmpty();
  }

  @Test
  void aValueOfAnotherWriterThatGoesBackInTime() throws InterruptedException {
    Storage<String> storage = new Broken("went back") {}.storage();
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
