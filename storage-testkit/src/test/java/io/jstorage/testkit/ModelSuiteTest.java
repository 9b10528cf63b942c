package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ForwardingStorage;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

  @Test
  void aSoundStoreWithAnExpirationIsThatOfTheModel() {
    ModelSuite.of(new ExpiringByItselfContractTest()).check();
  }

  @Test
  void aSoundLruIsThatOfTheModel() {
    ModelSuite.of(clock -> new SynchronizedLru(3)).limit(3).check();
  }

  /** A sound storage with a method of its own. */
  private static class Flaw extends ForwardingStorage<String> {
    Flaw(InstantSource clock) {
      super(Storages.of(new AtomicMapByteStore(clock, null), Codecs.text()), true);
    }
  }

  private static Arguments flaw(String what, int operations, ModelSuite.Opener opener) {
    return Arguments.of(what, operations, ModelSuite.of(opener));
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw("has another clock", 1, clock -> new Flaw(() -> clock.instant().minusMillis(1))),
        flaw(
            "forgets the time to live of a replacement",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected boolean doReplace(
                      String key, Version version, String value, @Nullable Duration ttl) {
                    return super.doReplace(key, version, value, null);
                  }
                }),
        flaw(
            "finds what has expired in the way",
            3,
            clock ->
                new Flaw(clock) {
                  private final Set<String> timed = new HashSet<>();

                  @Override
                  protected void doPut(String key, String value, @Nullable Duration ttl) {
                    super.doPut(key, value, ttl);
                    if (ttl != null) {
                      timed.add(key);
                    }
                  }

                  @Override
                  protected boolean doPutIfAbsent(
                      String key, String value, @Nullable Duration ttl) {
                    return !(ttl != null && timed.contains(key))
                        && super.doPutIfAbsent(key, value, ttl);
                  }
                }),
        flaw(
            "removes any version",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected boolean doRemove(String key, Version version) {
                    return super.doRemove(key);
                  }
                }),
        flaw(
            "always says that it removed",
            1,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected boolean doRemove(String key) {
                    super.doRemove(key);
                    return true;
                  }
                }),
        flaw(
            "answers a batch in the order of the keys",
            3,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected Map<String, String> doGetAll(List<String> keys) {
                    return new TreeMap<>(super.doGetAll(keys));
                  }
                }),
        flaw(
            "lists what starts with the prefix in either case",
            2,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected Stream<String> doKeys(String prefix) {
                    return super.doKeys("")
                        .filter(key -> key.regionMatches(true, 0, prefix, 0, prefix.length()));
                  }
                }),
        flaw(
            "loses the third",
            3,
            clock ->
                new Flaw(clock) {
                  @Override
                  protected void doPut(String key, String value, @Nullable Duration ttl) {
                    if (super.doSize() != 2) {
                      super.doPut(key, value, ttl);
                    }
                  }
                }),
        Arguments.of(
            "drops the first that came",
            4,
            ModelSuite.of(clock -> new SynchronizedLru(3, false)).limit(3)),
        Arguments.of(
            "takes a question for a use",
            3,
            ModelSuite.of(
                    clock ->
                        new SynchronizedLru(3) {
                          @Override
                          protected synchronized boolean doContains(String key) {
                            return doGet(key) != null;
                          }
                        })
                .limit(3)),
        Arguments.of("loses the last write when it is opened again", 2, forgetful()));
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
                    public void write(String key, byte[] bytes) throws IOException {
                      super.write(key, bytes);
                      written.add(key);
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
                  protected @Nullable String doGet(String key) {
                    return null;
                  }
                });
    assertThatThrownBy(suite::check)
        .hasMessageMatching(
            "(?s).*number \\d+ of seed 20260101, set by -Djstorage.testkit.seed=20260101, shrunk from \\d+ operations\\):\n"
                + "  put\\('a', '1'\\)\n  \\S+\\('a'.*\nat .*");
  }
}
