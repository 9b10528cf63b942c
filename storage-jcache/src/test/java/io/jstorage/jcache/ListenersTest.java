package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.Storage;
import io.jstorage.jvm.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ListenersTest {
  private static final Duration SOON = new Duration(TimeUnit.MILLISECONDS, 50);

  private static final String NOTHING = "nothing within a minute";

  private final CacheManager manager = Managers.inMemory();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Hears of everything, as {@code TYPE key old->new}. */
  private record Listener(Consumer<String> told)
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String>,
          CacheEntryExpiredListener<String, String> {
    private void hear(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      for (var event : events) {
        told.accept(
            "%s %s %s->%s"
                .formatted(
                    event.getEventType(), event.getKey(), event.getOldValue(), event.getValue()));
      }
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      hear(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      hear(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      hear(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      hear(events);
    }
  }

  private static CacheEntryListenerConfiguration<String, String> synchronous(
      Consumer<String> told) {
    return configuration(told, null, true);
  }

  private static CacheEntryListenerConfiguration<String, String> configuration(
      Consumer<String> told,
      @Nullable Factory<CacheEntryEventFilter<String, String>> filter,
      boolean isSynchronous) {
    Listener listener = new Listener(told);
    return new MutableCacheEntryListenerConfiguration<>(
        () -> listener, filter, true, isSynchronous);
  }

  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    events.drainTo(heard);
    return heard;
  }

  private String next() throws InterruptedException {
    String event = events.poll(60, TimeUnit.SECONDS);
    return event == null ? NOTHING : event;
  }

  @Test
  void aSynchronousListenerHasHeardWhenTheOperationReturns() {
    Cache<String, String> cache = Managers.strings(manager);
    cache.registerCacheEntryListener(synchronous(events::add));
    cache.put("k", "1");
    cache.put("k", "2");
    cache.putAll(Map.of("l", "1"));
    cache.putIfAbsent("l", "2");
    cache.replace("l", "1", "3");
    cache.invoke(
        "l",
        (entry, arguments) -> {
          entry.setValue("4");
          entry.setValue("5");
          return null;
        });
    cache.removeAll(Set.of("k", "absent"));
    cache.remove("l", "5");
    cache.put("m", "1");
    cache.clear();
    assertThat(heard())
        .containsExactly(
            "CREATED k null->1",
            "UPDATED k 1->2",
            "CREATED l null->1",
            "UPDATED l 1->3",
            "UPDATED l 3->5",
            "REMOVED k 2->2",
            "REMOVED l 5->5",
            "CREATED m null->1");
  }

  @Test
  void anAsynchronousListenerHearsInTheOrderOfTheChangesAndHoldsNobodyUp() throws Exception {
    Cache<String, String> cache = Managers.strings(manager);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<String> thread = new AtomicReference<>("");
    cache.registerCacheEntryListener(
        configuration(
            event -> {
              await(go);
              thread.set(Thread.currentThread().getName());
              events.add(event);
            },
            null,
            false));
    for (int i = 0; i < 100; i++) {
      cache.put("k", "v" + i);
    }
    assertThat(events).isEmpty();
    go.countDown();
    assertThat(next()).isEqualTo("CREATED k null->v0");
    for (int i = 1; i < 100; i++) {
      assertThat(next()).isEqualTo("UPDATED k v%d->v%d".formatted(i - 1, i));
    }
    assertThat(thread.get()).isEqualTo("jstorage-jcache");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachUpdateTellsTheValueThatItReplacedHoweverManyThreadsWrite() throws Exception {
    Cache<String, String> cache = Managers.strings(manager);
    cache.registerCacheEntryListener(synchronous(events::add));
    Together.run(
        4,
        number -> {
          for (int i = 0; i < 200; i++) {
            cache.put("k", number + "." + i);
          }
        });
    String value = "null";
    for (String event : heard()) {
      String[] values = event.split(" ", -1)[2].split("->", -1);
      assertThat(values[0]).isEqualTo(value);
      value = values[1];
    }
    assertThat(cache.get("k")).isEqualTo(value);
  }

  @Test
  void aFailureOfAListenerIsNoFailureOfTheOperation() {
    Cache<String, String> cache = Managers.strings(manager);
    cache.registerCacheEntryListener(
        synchronous(
            event -> {
              throw new UnsupportedOperationException("a listener that fails");
            }));
    cache.registerCacheEntryListener(synchronous(events::add));
    assertThatExceptionOfType(CacheEntryListenerException.class)
        .isThrownBy(() -> cache.putAll(Map.of("k", "1", "l", "2")))
        .withCauseInstanceOf(UnsupportedOperationException.class);
    assertThat(heard()).hasSize(2);
    assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "1", "l", "2"));
  }

  @Test
  void aFilterDecidesWhatAListenerHears() {
    Cache<String, String> cache = Managers.strings(manager);
    cache.registerCacheEntryListener(
        configuration(events::add, () -> event -> event.getValue().startsWith("a"), true));
    cache.put("k", "apple");
    cache.put("k", "pear");
    cache.put("k", "apricot");
    assertThat(heard()).containsExactly("CREATED k null->apple", "UPDATED k pear->apricot");
  }

  /** Entries expire after an update only, so that a slow machine has time for that update. */
  private static final class AtAnUpdate implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return SOON;
    }
  }

  @Test
  void anEntryThatExpiresIsToldWithTheValueThatItHad() throws Exception {
    Cache<String, String> cache =
        manager.createCache(
            "strings",
            Managers.ofStrings()
                .setExpiryPolicyFactory(AtAnUpdate::new)
                .addCacheEntryListenerConfiguration(synchronous(events::add)));
    cache.put("k", "1");
    cache.put("removed", "1");
    cache.remove("removed");
    cache.put("k", "2");
    assertThat(List.of(next(), next(), next(), next(), next()))
        .containsExactly(
            "CREATED k null->1",
            "CREATED removed null->1",
            "REMOVED removed 1->1",
            "UPDATED k 1->2",
            "EXPIRED k 2->2");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void anEntryThatIsTouchedInTimeDoesNotExpire() throws Exception {
    Cache<String, String> cache =
        manager.createCache(
            "strings",
            Managers.ofStrings()
                .setExpiryPolicyFactory(
                    TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 400)))
                .addCacheEntryListenerConfiguration(synchronous(events::add)));
    cache.put("k", "1");
    long start = System.nanoTime();
    long touched = start;
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(900)) {
      List<String> heard = List.copyOf(events);
      long before = touched;
      String found = cache.get("k");
      touched = System.nanoTime();
      if (found == null && touched - before > TimeUnit.MILLISECONDS.toNanos(300)) {
        return; // A pause of this machine was too long to touch it in time.
      }
      assertThat(found).as("touched a moment before").isEqualTo("1");
      assertThat(heard).as("before it was seen").containsExactly("CREATED k null->1");
      Thread.sleep(20);
    }
    assertThat(next()).isEqualTo("CREATED k null->1");
    assertThat(next()).isEqualTo("EXPIRED k 1->1");
  }

  @Test
  @SuppressWarnings("unchecked")
  void anEntryThatSomebodyElseGaveMoreTimeExpiresLater() throws Exception {
    Cache<String, String> cache =
        manager.createCache(
            "strings",
            Managers.ofStrings()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(SOON))
                .addCacheEntryListenerConfiguration(synchronous(events::add)));
    Storage<Stored<Object>> storage = cache.unwrap(Storage.class);
    String key;
    long begun;
    int attempts = 0;
    do {
      key = "k" + attempts++;
      begun = System.nanoTime();
      cache.put(key, "1");
      storage.put(key, new Stored<>(key, null, "for ever"));
      // After a pause of the machine, it may have been too late.
    } while (System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(40) && attempts < 100);
    cache.put("l", "1");
    List<String> heard = new ArrayList<>();
    do {
      heard.add(next());
    } while (!heard.contains("EXPIRED l 1->1") && !heard.contains(NOTHING));
    assertThat(heard)
        .containsSubsequence("CREATED " + key + " null->1", "CREATED l null->1", "EXPIRED l 1->1")
        .doesNotContain("EXPIRED " + key + " 1->1");
    assertThat(cache.get(key)).isEqualTo("for ever");
  }

  @Test
  void zeroLifetimesAreToldAtOnce() {
    Cache<String, String> cache =
        manager.createCache(
            "strings",
            Managers.ofStrings()
                .setExpiryPolicyFactory(
                    () ->
                        new javax.cache.expiry.ExpiryPolicy() {
                          @Override
                          public Duration getExpiryForCreation() {
                            return Duration.ETERNAL;
                          }

                          @Override
                          public Duration getExpiryForAccess() {
                            return Duration.ZERO;
                          }

                          @Override
                          public Duration getExpiryForUpdate() {
                            return Duration.ZERO;
                          }
                        })
                .addCacheEntryListenerConfiguration(synchronous(events::add)));
    cache.put("k", "1");
    cache.put("k", "2");
    cache.put("l", "1");
    cache.get("l");
    assertThat(heard())
        .containsExactly(
            "CREATED k null->1",
            "UPDATED k 1->2",
            "EXPIRED k 2->2",
            "CREATED l null->1",
            "EXPIRED l 1->1");
  }

  @Test
  void noListenerHearsAnythingOnceItIsDeregisteredOrTheCacheIsClosed() throws Exception {
    Cache<String, String> cache = Managers.strings(manager);
    CacheEntryListenerConfiguration<String, String> first = synchronous(events::add);
    CountDownLatch go = new CountDownLatch(1);
    cache.registerCacheEntryListener(first);
    cache.registerCacheEntryListener(
        configuration(
            event -> {
              events.add("late " + event);
              await(go);
            },
            null,
            false));
    cache.put("k", "1");
    assertThat(List.of(next(), next()))
        .containsExactlyInAnyOrder("CREATED k null->1", "late CREATED k null->1");
    cache.deregisterCacheEntryListener(first);
    cache.put("l", "2");
    cache.close();
    go.countDown();
    assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  @Timeout(300)
  void listenersThatWouldWaitForEachOtherInACircleFail() throws Exception {
    Cache<String, String> cache = Managers.strings(manager);
    CountDownLatch both = new CountDownLatch(2);
    cache.registerCacheEntryListener(
        synchronous(
            event -> {
              if (event.endsWith("->first")) {
                both.countDown();
                await(both);
                cache.put(event.contains(" a ") ? "b" : "a", "second");
              }
            }));
    List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    Together.run(
        2,
        number -> {
          try {
            cache.put(number == 0 ? "a" : "b", "first");
          } catch (RuntimeException e) {
            failures.add(e);
          }
        });
    // Both may detect the circle.
    assertThat(failures).hasSizeBetween(1, 2);
    assertThat(failures)
        .allSatisfy(e -> assertThat(e).hasStackTraceContaining("must not change keys in an order"));
    assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);
  }
}
