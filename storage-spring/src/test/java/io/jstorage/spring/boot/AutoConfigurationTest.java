package io.jstorage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jstorage.InvalidOptionException;
import io.jstorage.RemovalListener;
import io.jstorage.Statistics;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import io.jstorage.cache.StorageOperation;
import io.jstorage.spring.Book;
import io.jstorage.spring.OnFailure;
import io.jstorage.spring.StorageCache;
import io.jstorage.spring.StorageCacheManager;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

class AutoConfigurationTest {
  private static final AutoConfigurations ALL =
      AutoConfigurations.of(
          StorageCacheAutoConfiguration.class,
          StorageHealthAutoConfiguration.class,
          StorageMetricsAutoConfiguration.class);

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(ALL)
          .withUserConfiguration(Application.class);

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  public static class Application {
    @Bean
    public Library library() {
      return new Library();
    }
  }

  /** Nothing but annotations. */
  public static class Library {
    private final AtomicInteger calls = new AtomicInteger();

    /** A proxy has no fields. */
    public int calls() {
      return calls.get();
    }

    @Cacheable("books")
    public Book find(String title, int year) {
      return new Book(title, year, "call " + calls.incrementAndGet());
    }

    @Cacheable(cacheNames = "books", sync = true)
    public Book findInSync(long number) {
      return new Book("number", (int) number, "call " + calls.incrementAndGet());
    }

    @CachePut(cacheNames = "books", key = "#a0.title()")
    public Book save(Book book) {
      return book;
    }

    @Cacheable(cacheNames = "books", key = "#a0")
    public Book byTitle(String title) {
      return new Book(title, 0, "call " + calls.incrementAndGet());
    }

    @CacheEvict(cacheNames = "books", key = "#a0")
    public void forget(String title) {}

    @CacheEvict(cacheNames = "books", allEntries = true)
    public void forgetAll() {}

    @Cacheable(cacheNames = "books", key = "'future ' + #a0")
    public CompletableFuture<Book> later(String title) {
      return CompletableFuture.supplyAsync(
          () -> new Book(title, 0, "call " + calls.incrementAndGet()));
    }

    @Cacheable(cacheNames = "books", key = "'mono ' + #a0", sync = true)
    public Mono<Book> reactive(String title) {
      return Mono.fromSupplier(() -> new Book(title, 0, "call " + calls.incrementAndGet()));
    }
  }

  private static String[] files(Path directory) {
    return new String[] {
      "jstorage.caches.books.url=json:" + directory,
      "jstorage.caches.books.type=" + Book.class.getName(),
      "jstorage.caches.books.durability=none"
    };
  }

  @Test
  void threePropertiesAndAnnotationsAreACache(@TempDir Path directory) {
    application
        .withPropertyValues(files(directory))
        .run(
            context -> {
              Library library = context.getBean(Library.class);
              assertThat(library.find("Dune", 1965)).isEqualTo(library.find("Dune", 1965));
              assertThat(library.findInSync(1)).isEqualTo(library.findInSync(1));
              assertThat(library.find("Dune", 1966)).isNotEqualTo(library.find("Dune", 1965));
              Book saved = library.save(new Book("Solaris", 1961, "saved"));
              assertThat(library.byTitle("Solaris")).isEqualTo(saved);
              library.forget("Solaris");
              assertThat(library.byTitle("Solaris")).isNotEqualTo(saved);
              int before = library.calls();
              Book future = library.later("Kallocain").join();
              assertThat(library.later("Kallocain").join()).isEqualTo(future);
              Book mono = library.reactive("We").block();
              assertThat(library.reactive("We").block()).isEqualTo(mono);
              assertThat(library.calls()).isEqualTo(before + 2);
              library.forgetAll();
              assertThat(context.getBean(CacheManager.class).getCacheNames())
                  .containsExactly("books");
              assertThat(
                      ((StorageCache) cache(context.getBean(CacheManager.class))).storage().size())
                  .isZero();
            });
    // Cached values exist at the next start.
    application
        .withPropertyValues(files(directory))
        .run(context -> context.getBean(Library.class).save(new Book("Dune", 1, "kept")));
    application
        .withPropertyValues(files(directory))
        .run(
            context ->
                assertThat(context.getBean(Library.class).byTitle("Dune").note())
                    .isEqualTo("kept"));
  }

  private static Cache cache(CacheManager manager) {
    return Objects.requireNonNull(manager.getCache("books"));
  }

  @Test
  void storagesAreClosedWithTheContext() {
    List<StorageCache> caches = new ArrayList<>();
    application
        .withPropertyValues("jstorage.caches.books.url=lru:")
        .run(context -> caches.addAll(context.getBean(StorageCacheManager.class).caches()));
    assertThatIllegalStateException()
        .isThrownBy(() -> caches.get(0).get("k"))
        .withMessageContaining("closed");
  }

  @Test
  void withoutPropertiesOrWithAManagerOfOnesOwnNothingIsMade() {
    new ApplicationContextRunner()
        .withConfiguration(ALL)
        .run(context -> assertThat(context).doesNotHaveBean(CacheManager.class));
    application
        .withPropertyValues("jstorage.caches.books.url=lru:")
        .withBean("own", CacheManager.class, ConcurrentMapCacheManager::new)
        .run(
            context -> {
              assertThat(context).hasSingleBean(CacheManager.class);
              assertThat(context).doesNotHaveBean("jstorageHealthIndicator");
              assertThat(context).doesNotHaveBean(MeterBinder.class);
            });
  }

  @Test
  void optionsArePropertiesAndNamesOfCachesMayHaveDots() {
    application
        .withPropertyValues(
            "jstorage.caches.[my.books].url=lru:?limit=1",
            "jstorage.caches.[my.books].expiration=1h",
            "jstorage.caches.lists.url=lru:",
            "jstorage.caches.lists.type=java.util.List<io.jstorage.spring.Book>")
        .run(
            context -> {
              StorageCacheManager manager = context.getBean(StorageCacheManager.class);
              assertThat(manager.getCacheNames()).containsExactly("lists", "my.books");
              StorageCache cache =
                  (StorageCache) Objects.requireNonNull(manager.getCache("my.books"));
              cache.put("a", 1);
              cache.put("b", 2);
              assertThat(cache.get("a")).isNull();
              assertThat(cache.storage().entry("b").orElseThrow().expiresAt()).isPresent();
              assertThat(manager.getCache("unknown")).isNull();
            });
  }

  private void failsWith(Class<? extends Throwable> type, String message, String... properties) {
    application
        .withPropertyValues(properties)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(type).hasMessageContaining(message),
                        e ->
                            assertThat(context.getStartupFailure())
                                .cause()
                                .cause()
                                .isInstanceOf(type)
                                .hasMessageContaining(message)));
  }

  @Test
  void wrongPropertiesAreReportedWithTheNearestMatch() {
    failsWith(
        InvalidOptionException.class,
        "jstorage.caches.books.url is missing; there is 'ulr': did you mean 'url'?",
        "jstorage.caches.books.ulr=lru:");
    failsWith(
        InvalidOptionException.class,
        "did you mean 'expiration'?",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.expiratoin=1h");
    failsWith(
        InvalidOptionException.class,
        "there is 'on-failur': did you mean 'on-failure'?",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.on-failur=load");
    failsWith(
        InvalidOptionException.class,
        "on-failure",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.on-failure=ignore");
    failsWith(
        InvalidOptionException.class,
        "there is no class 'com.example.Bok'",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.type=com.example.Bok");
    failsWith(
        InvalidOptionException.class,
        "is no type",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.type=java.util.List<java.lang.String");
    failsWith(
        UnknownStorageException.class,
        "jstorage.caches.books.url",
        "jstorage.caches.books.url=mongo://localhost/");
    failsWith(
        InvalidOptionException.class,
        "'-1'",
        "jstorage.caches.books.url=lru:",
        "jstorage.caches.books.limit=-1");
  }

  @Test
  void aTypeThatDoesNotGoWithTheCodecIsRefused(@TempDir Path directory) {
    failsWith(
        InvalidOptionException.class,
        "values of any type, which JSON does not give back",
        "jstorage.caches.books.url=json:" + directory);
    failsWith(
        InvalidOptionException.class,
        "values of any type, which JSON does not give back",
        "jstorage.caches.books.url=volatile:?storage=json:" + directory);
    failsWith(
        InvalidOptionException.class,
        "more than text",
        "jstorage.caches.books.url=json:" + directory + "?codec=text");
  }

  @Test
  void twoCachesOnOnePlaceAreRefused(@TempDir Path directory) {
    failsWith(
        InvalidOptionException.class,
        "the caches 'a' and 'b' are kept in the same place",
        "jstorage.caches.a.url=serialized:" + directory,
        "jstorage.caches.b.url=serialized:" + directory);
    failsWith(
        InvalidOptionException.class,
        "the caches 'a' and 'b' are kept in the same place",
        "jstorage.caches.a.url=serialized:" + directory,
        "jstorage.caches.b.url=serialized:" + directory + "/");
    application
        .withPropertyValues(
            "jstorage.caches.a.url=serialized:" + directory + "/{cache}",
            "jstorage.caches.b.url=serialized:" + directory + "/{cache}",
            "jstorage.caches.c.url=lru:",
            "jstorage.caches.d.url=lru:")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aStorageThatFailsAtTheStartKeepsTheApplicationFromStartingUnlessToldOtherwise() {
    String nowhere = "jstorage.caches.books.url=redis.json://127.0.0.1:1/?timeout=200ms";
    String type = "jstorage.caches.books.type=" + Book.class.getName();
    application
        .withPropertyValues(nowhere, type)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis =
                  new StorageFailureAnalyzer()
                      .analyze(Objects.requireNonNull(context.getStartupFailure()));
              assertThat(Objects.requireNonNull(analysis).getDescription())
                  .contains("jstorage.caches.books.required-at-start=false");
            });
    application
        .withPropertyValues(
            nowhere,
            type,
            "jstorage.caches.books.required-at-start=false",
            "jstorage.caches.books.on-failure=load")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(Library.class).find("Dune", 1965).note())
                  .isEqualTo("call 1");
              assertThat(health(context.getBean("jstorageHealthIndicator")))
                  .isEqualTo("UP {books=DOWN: StorageUnavailableException}");
            });
    application
        .withPropertyValues(nowhere, type, "jstorage.caches.books.required-at-start=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThatExceptionOfType(StorageException.class)
                  .isThrownBy(() -> context.getBean(Library.class).find("Dune", 1965));
              assertThat(health(context.getBean("jstorageHealthIndicator")))
                  .isEqualTo("DOWN {books=DOWN: StorageUnavailableException}");
            });
  }

  private static String health(Object indicator) {
    if (indicator instanceof org.springframework.boot.health.contributor.HealthIndicator four) {
      var health = Objects.requireNonNull(four.health());
      return health.getStatus() + " " + health.getDetails();
    }
    var health = ((org.springframework.boot.actuate.health.HealthIndicator) indicator).health();
    return health.getStatus() + " " + health.getDetails();
  }

  @Test
  void healthIsToldUnderBothLinesOfBootAndCanBeSwitchedOff() {
    ApplicationContextRunner books =
        application.withPropertyValues("jstorage.caches.books.url=lru:");
    for (Class<?> other :
        List.of(
            org.springframework.boot.health.contributor.HealthIndicator.class,
            org.springframework.boot.actuate.health.HealthIndicator.class)) {
      books
          .withClassLoader(new FilteredClassLoader(other))
          .run(
              context ->
                  assertThat(health(context.getBean("jstorageHealthIndicator")))
                      .isEqualTo("UP {books=UP}"));
    }
    books
        .withPropertyValues("management.health.jstorage.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("jstorageHealthIndicator"));
  }

  @Test
  void metersAndObservationsAreThere() {
    TestObservationRegistry observations = TestObservationRegistry.create();
    application
        .withPropertyValues("jstorage.caches.books.url=lru:?limit=1&statistics=true")
        .withBean(TestObservationRegistry.class, () -> observations)
        .run(
            context -> {
              SimpleMeterRegistry registry = new SimpleMeterRegistry();
              context.getBean(MeterBinder.class).bindTo(registry);
              Library library = context.getBean(Library.class);
              library.byTitle("a");
              library.byTitle("a");
              library.byTitle("b");
              assertThat(
                      registry
                          .get("cache.gets")
                          .tags("cache", "books", "cache.manager", "cacheManager", "result", "hit")
                          .functionCounter()
                          .count())
                  .isEqualTo(1);
              assertThat(registry.get("cache.evictions").functionCounter().count()).isEqualTo(1);
              TestObservationRegistryAssert.assertThat(observations)
                  .hasAnObservationWithAKeyValue("storage", "books")
                  .hasAnObservationWithAKeyValue("operation", StorageOperation.PUT.label());
            });
  }

  @Test
  void withoutMicrometerNothingIsCounted() {
    application
        .withPropertyValues("jstorage.caches.books.url=lru:")
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(
            context -> {
              assertThat(context).doesNotHaveBean("storageCacheMeters");
              StorageCache cache =
                  context.getBean(StorageCacheManager.class).caches().iterator().next();
              assertThat(cache.storage().unwrap(Statistics.class)).isEmpty();
              assertThat(cache.onFailure()).isEqualTo(OnFailure.THROW);
            });
  }

  @Test
  void aCustomizerAddsWhatHasNoText() {
    List<String> removed = new ArrayList<>();
    RemovalListener<Object> listener = (key, value, cause) -> removed.add(key + " " + cause);
    application
        .withPropertyValues("jstorage.caches.books.url=lru:?limit=1")
        .withBean(
            "listening",
            StorageCacheCustomizer.class,
            () -> cache -> cache.options(StorageOptions.of("listener", listener)))
        .run(
            context -> {
              context.getBean(Library.class).byTitle("a");
              context.getBean(Library.class).byTitle("b");
              assertThat(removed).containsExactly("a EVICTED");
            });
  }
}
