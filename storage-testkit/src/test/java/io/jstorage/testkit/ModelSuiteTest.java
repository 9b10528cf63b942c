package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelSuiteTest {
  @Test
  void aSoundStoreOfFourMethodsIsThatOfTheModel() {
    ModelSuite.of(clock -> Storages.of(new MapByteStore(), Codecs.text())).check();
  }

  @Test
  void aSoundStoreWithEveryPowerIsThatOfTheModel() {
    ModelSuite.of(new EveryPowerContractTest()).check();
  }

  /** A fixture whose store keeps whole seconds, by a clock that is late, and says how exactly. */
  private static ModelSuite ofSeconds(Duration late, Duration granularity) {
    return ModelSuite.of(
        new EveryPowerContractTest() {
          @Override
          public ByteStore openStore(SettableClock clock) {
            return new AtomicMapByteStore(clock, null) {
              @Override
              public @Nullable Entry<byte[]> readEntry(String key, Access access) {
                Entry<byte[]> entry = super.readEntry(key, access);
                return entry == null ? null : entry.withWrittenAt(kept(entry));
              }

              private Instant kept(Entry<byte[]> entry) {
                Instant exact = entry.writtenAt().orElseThrow();
                return exact.minus(late).truncatedTo(ChronoUnit.SECONDS);
              }
            };
          }

          @Override
          public Optional<Storage<String>> openAgain(SettableClock clock) {
            return Optional.empty();
          }

          @Override
          public Duration writeTimeGranularity() {
            return granularity;
          }
        });
  }

  @Test
  void timesMayBeAsRoundedAsTheFixtureSaysAndNoMore() {
    Duration second = Duration.ofSeconds(1);
    ofSeconds(Duration.ZERO, second).check();
    for (ModelSuite suite :
        List.of(ofSeconds(Duration.ZERO, Duration.ZERO), ofSeconds(second, second))) {
      assertThatThrownBy(suite::check)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("written");
    }
  }

  @Test
  void aSoundStoreWithAnExpirationIsThatOfTheModel() {
    ModelSuite.of(new ExpiringByItselfContractTest()).check();
  }

  @Test
  void aSoundLruIsThatOfTheModel() {
    ModelSuite.of(clock -> new SynchronizedLru(3).storage()).limit(3).check();
  }

  @Test
  void aSoundLruOfALimitedWeightIsThatOfTheModel() {
    weighing(ModelSuite.of(clock -> new SynchronizedLru(100, true, 7).storage())).check();
    weighing(ModelSuite.of(clock -> new SynchronizedLru(3, true, 7).storage())).limit(3).check();
  }

  private static ModelSuite weighing(ModelSuite suite) {
    return suite.weight(7, (key, value) -> value.length() + 1L);
  }

  /** A sound storage with a method of its own. */
  private static class Flaw extends ForwardingStore<String> {
    Flaw(InstantSource clock) {
      super(Storages.asStore(sound(clock)));
    }

    Storage<String> storage() {
      return Storages.ofPolicy(this, List.of());
    }
  }

  private static Storage<String> sound(InstantSource clock) {
    return Storages.of(new AtomicMapByteStore(clock, null), Codecs.text());
  }

  private static Arguments flaw(String what, int operations, ModelSuite.Opener opener) {
    return Arguments.of(what, operations, ModelSuite.of(opener));
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw(
            "has another clock",
            1,
            clock -> new Flaw(() -> clock.instant().minusMillis(1)).storage()),
        flaw(
            "forgets the time to live of a replacement",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  public boolean write(String key, String value, WriteOptions options)
                      throws IOException {
                    return super.write(
                        key,
                        value,
                        options.condition().version() == null
                            ? options
                            : WriteOptions.NONE.onlyIf(options.condition()));
                  }
                }.storage()),
        flaw(
            "finds what has expired in the way",
            3,
            clock ->
                new Flaw(clock) {
                  private final Set<String> timed = new HashSet<>();

                  @Override
                  public boolean write(String key, String value, WriteOptions options)
                      throws IOException {
                    if (options.condition().isNone() && options.ttl() != null) {
                      timed.add(key);
                    }
                    return !(options.condition().isAbsent()
                            && options.ttl() != null
                            && timed.contains(key))
                        && super.write(key, value, options);
                  }
                }.storage()),
        flaw(
            "removes any version",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  public boolean delete(String key, Condition condition) throws IOException {
                    return super.delete(key, Condition.NONE);
                  }
                }.storage()),
        flaw(
            "always says that it removed",
            1,
            clock ->
                new Flaw(clock) {
                  @Override
                  public boolean delete(String key, Condition condition) throws IOException {
                    return super.delete(key, condition) || condition.isNone();
                  }
                }.storage()),
        flaw(
            "answers a batch in the order of the keys",
            3,
            clock -> {
              Storage<String> sound = sound(clock);
              return new Flawed(sound)
                  .with("getAll", 1, keys -> new TreeMap<>(sound.getAll(strings(keys[0]))))
                  .storage();
            }),
        flaw(
            "lists what starts with the prefix in either case",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  public Stream<String> keys(String prefix) throws IOException {
                    return super.keys("")
                        .filter(key -> key.regionMatches(true, 0, prefix, 0, prefix.length()));
                  }
                }.storage()),
        flaw(
            "loses the third",
            3,
            clock ->
                new Flaw(clock) {
                  @Override
                  public boolean write(String key, String value, WriteOptions options)
                      throws IOException {
                    return (options.condition().isNone() && count() == 2)
                        || super.write(key, value, options);
                  }
                }.storage()),
        Arguments.of(
            "drops the first that came",
            4,
            ModelSuite.of(clock -> new SynchronizedLru(3, false).storage()).limit(3)),
        Arguments.of(
            "takes a question for a use",
            3,
            ModelSuite.of(
                    clock ->
                        new SynchronizedLru(3) {
                          @Override
                          public synchronized boolean contains(String key) {
                            return read(key, Access.TOUCH) != null;
                          }
                        }.storage())
                .limit(3)),
        Arguments.of(
            "has no limit of weight",
            4,
            weighing(ModelSuite.of(clock -> new SynchronizedLru(100).storage()))),
        Arguments.of(
            "makes room for less than it takes",
            5,
            weighing(
                ModelSuite.of(
                    clock ->
                        new SynchronizedLru(100, true, 7) {
                          @Override
                          long weightOf(String value) {
                            return value.isEmpty() ? 0 : super.weightOf(value);
                          }
                        }.storage()))),
        Arguments.of("loses the last write when it is opened again", 2, forgetful()));
  }

  @SuppressWarnings("unchecked")
  private static Collection<String> strings(Object keys) {
    return (Collection<String>) keys;
  }

  private static ModelSuite forgetful() {
    Map<String, byte[]> entries = new ConcurrentHashMap<>();
    List<String> written = new ArrayList<>();
    return ModelSuite.of(
            clock -> {
              entries.clear();
              written.clear();
              return Storages.of(
                  new MapByteStore(entries) {
                    @Override
                    public boolean write(String key, byte[] bytes, WriteOptions options)
                        throws IOException {
                      written.add(key);
                      return super.write(key, bytes, options);
                    }
                  },
                  Codecs.text());
            })
        .reopening(
            clock -> {
              if (!written.isEmpty()) {
                entries.remove(written.get(written.size() - 1));
              }
              return Optional.of(Storages.of(new MapByteStore(entries), Codecs.text()));
            });
  }

  /** A history of dozens of operations would help nobody. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void aFlawIsShownByAHistoryThatIsAsShortAsCanBe(String what, int operations, ModelSuite suite) {
    AssertionError report = catchThrowableOfType(AssertionError.class, suite::check);
    assertThat(report).as(what).isNotNull().hasCauseInstanceOf(Throwable.class);
    String message = String.valueOf(report.getMessage());
    assertThat(message.lines().skip(1).takeWhile(line -> line.startsWith("  ")).toList())
        .as(message)
        .hasSizeLessThanOrEqualTo(operations);
  }

  @Test
  void aReportSaysHowToComeBackToIt() {
    ModelSuite suite =
        ModelSuite.of(
            clock ->
                new Flaw(clock) {
                  @Override
                  public @Nullable String read(String key, Access access) throws IOException {
                    return access == Access.TOUCH ? null : super.read(key, access);
                  }
                }.storage());
    assertThatThrownBy(suite::check)
        .hasMessageMatching(
            "(?s).*number \\d+ of seed 20260101, set by -Djstorage.testkit.seed=20260101, shrunk from \\d+ operations\\):\n"
                + "  put\\('a', '1'\\)\n  get\\('a'\\)\nat get\\('a'\\): .*\nLook at: Store\\.read; Store\\.write\nThe promise: .*");
  }
}
