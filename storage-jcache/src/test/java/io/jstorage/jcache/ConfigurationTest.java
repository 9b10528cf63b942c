package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.cache.CachePlace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private final StorageCachingProvider provider = new StorageCachingProvider();

  @TempDir Path directory;

  private URI file(String... lines) throws IOException {
    return Files.write(directory.resolve("jcache.properties"), java.util.List.of(lines)).toUri();
  }

  private CacheManager manager(URI uri) {
    return provider.getCacheManager(uri, null);
  }

  private static String placeOf(Cache<?, ?> cache) {
    return cache.unwrap(Storage.class).toString();
  }

  @Test
  void eachCacheIsWhereTheFileSaysAndTheOthersWhereTheTemplateSays() throws IOException {
    URI uri =
        file(
            "# Ümläute are read as UTF-8.",
            "template = json:" + directory + "/{cache}",
            "cache.com.acme.Küche = lru:?limit=3",
            "cache.sessions = storage.lru");
    try (CacheManager manager = manager(uri)) {
      assertThat(placeOf(manager.createCache("com.acme.Küche", Managers.ofStrings())))
          .isEqualTo("an LRU of 3 in memory");
      assertThat(placeOf(manager.createCache("sessions", Managers.ofStrings())))
          .isEqualTo("an LRU of 10000 in memory");
      Cache<String, String> files = manager.createCache("a/../b", Managers.ofStrings());
      files.put("k", "v");
      assertThat(directory.resolve("a~2f..~2fb/k.storage.json"))
          .hasContent("{\"key\":\"k\",\"expiresAt\":null,\"value\":\"v\"}");
    }
  }

  @Test
  void withoutAWordCachesAreInMemoryAndLimited() {
    try (CacheManager manager = provider.getCacheManager()) {
      assertThat(placeOf(Managers.strings(manager))).isEqualTo("an LRU of 10000 in memory");
    }
  }

  @Test
  void namesOfCachesAreDistinctInPlaces() {
    assertThat(CachePlace.safe("users")).isEqualTo("users");
    assertThat(CachePlace.safe("com.acme.User$Id")).isEqualTo("com.acme.User~24Id");
    assertThat(CachePlace.safe("..")).isEqualTo("~2e.");
    assertThat(CachePlace.safe("~")).isEqualTo("~7e");
    assertThat(CachePlace.safe("ä{cache}")).isEqualTo("~c3~a4~7bcache~7d");
  }

  @Test
  void propertiesOfTheManagerWinAndOthersArePassedThrough() throws IOException {
    Properties properties = new Properties(new Properties());
    properties.setProperty("io.jstorage.jcache.cache.a", "lru:?limit=2");
    properties.put(
        "io.jstorage.jcache.cache.b", StorageOptions.of("service", "storage.lru", "limit", 4));
    properties.setProperty("com.example.other", "value");
    try (CacheManager manager =
        provider.getCacheManager(file("cache.a = lru:?limit=1"), null, properties)) {
      assertThat(placeOf(manager.createCache("a", Managers.ofStrings()))).contains("LRU of 2");
      assertThat(placeOf(manager.createCache("b", Managers.ofStrings()))).contains("LRU of 4");
      assertThat(manager.getProperties()).isEqualTo(properties);
    }
  }

  @Test
  void aFileMayBeOnTheClassPathOrInAJar() throws IOException {
    Path jar = directory.resolve("a.jar");
    try (OutputStream target = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(target)) {
      entries.putNextEntry(new JarEntry("conf/jcache.properties"));
      entries.write("template = lru:?limit=7".getBytes(StandardCharsets.UTF_8));
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      for (String uri :
          new String[] {
            "classpath:conf/jcache.properties",
            "classpath:/conf/jcache.properties",
            "conf/jcache.properties",
            "jar:" + jar.toUri() + "!/conf/jcache.properties"
          }) {
        try (CacheManager manager = provider.getCacheManager(URI.create(uri), loader)) {
          assertThat(placeOf(Managers.strings(manager))).contains("LRU of 7");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "templat = lru:|there is no property 'templat': there are template, allow, and cache.NAME",
        "cache. = lru:|there is no property 'cache.'",
        "template = lruu:|there is no storage for the URL scheme 'lruu'. Did you mean 'lru'?",
        "cache.a = storage.lruu|there is no storage 'storage.lruu'. Did you mean 'storage.lru'?",
        "template = dynamo:|there is no storage for the URL scheme 'dynamo'",
        "template = json:/tmp/x?a|the property 'template': the URL json:… is malformed",
        "template = json:/tmp/x|put {cache} into it",
        "template = volatile:?storage=json:/tmp/x|put {cache} into it",
      })
  void aFileThatIsWrongIsRefusedWhenTheManagerIsMade(String lineAndMessage) throws IOException {
    String[] parts = lineAndMessage.split("\\|", -1);
    URI uri = file(parts[0]);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager(uri))
        .withMessageContaining(uri.toString())
        .withMessageContaining(parts[1]);
  }

  @Test
  void twoCachesOnOnePlaceAreRefused() throws IOException {
    URI uri = file("cache.a = json:/tmp/x", "cache.b = json:/tmp/x");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager(uri))
        .withMessageContaining("cache.a and cache.b name the same place");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/no/such/file",
        "classpath:no/such/resource",
        "no/such/resource",
        "http://127.0.0.1:1/jcache.properties",
        "jar:http://127.0.0.1:1/a.jar!/jcache.properties",
        "ftp://127.0.0.1:1/x",
        "foo:bar",
        "jar:file:/no/such.jar!/x",
      })
  void aFileThatIsNotThereOrElsewhereIsRefused(String uri) {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager(URI.create(uri)))
        .withMessageContaining("cannot read the configuration '" + uri + "'");
  }

  @Test
  void aPropertyOfTheManagerOfAnotherTypeIsRefused() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> Managers.of(42))
        .withMessageContaining("a URL, the name of a service, or StorageOptions");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> Managers.of(StorageOptions.of("limit", 3)))
        .withMessageContaining("'service' is missing");
  }

  @Test
  void anOptionThatTheStorageDoesNotHaveIsRefusedWhenTheCacheIsMade() {
    try (CacheManager manager = Managers.of("lru:?limits=3")) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> Managers.strings(manager))
          .withMessageContaining("the cache 'strings'")
          .withMessageContaining("did you mean 'limit'?");
      assertThat(manager.getCacheNames()).isEmpty();
    }
  }

  @Test
  void aCodecThatCannotHoldEntriesIsRefusedWithAnotherOne() {
    try (CacheManager manager = Managers.of("redis://127.0.0.1:1?namespace={cache}")) {
      assertThatThrownBy(() -> Managers.strings(manager))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("codec=json")
          .hasMessageContaining("codec=serialized");
    }
  }

  @Test
  void aStorageThatDoesNotDecideConditionalWritesIsRefusedWithOthers() {
    String s3 =
        "s3://bucket/{cache}/?region=eu-west-1&accessKey=a&secretKey=b&conditional=deny&codec=json"
            + "&endpoint=http://127.0.0.1:1";
    try (CacheManager manager = Managers.of(s3)) {
      assertThatThrownBy(() -> Managers.strings(manager))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("ATOMIC")
          .hasMessageContaining("memory, files and Redis");
    }
  }

  @Test
  void aStorageWithoutDeadlinesTakesEternalEntriesOnly() {
    try (CacheManager manager = Managers.of("json:" + directory + "/{cache}")) {
      MutableConfiguration<String, String> configuration =
          Managers.ofStrings()
              .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
      assertThatThrownBy(() -> manager.createCache("strings", configuration))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("EXPIRY")
          .hasMessageContaining("the option 'expiration'");
      manager.createCache(
          "strings",
          configuration.setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ETERNAL)));
      manager.createCache(
          "more", configuration.setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf()));
    }
  }

  @Test
  void referencesAreForMemoryOnly() {
    MutableConfiguration<String, String> byReference = Managers.ofStrings().setStoreByValue(false);
    try (CacheManager manager = Managers.of("json:" + directory + "/{cache}")) {
      assertThatThrownBy(() -> manager.createCache("strings", byReference))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("setStoreByValue(true)");
    }
    for (String memory : new String[] {"lru:", "volatile:", "volatile:?storage=lru:"}) {
      try (CacheManager manager = Managers.of(memory)) {
        assertThat(manager.createCache("strings", byReference)).isEmpty();
      }
    }
  }

  @Test
  void valuesOfAnyTypeAreNotKeptAsJson() {
    try (CacheManager manager = Managers.of("json:" + directory + "/{cache}")) {
      assertThatThrownBy(
              () -> manager.createCache("objects", new MutableConfiguration<Object, Object>()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setTypes")
          .hasMessageContaining("codec=serialized");
    }
  }

  @Test
  void loadersAndWritersThatAreMissingAreRefused() {
    try (CacheManager manager = Managers.inMemory()) {
      assertThatThrownBy(() -> manager.createCache("a", Managers.ofStrings().setReadThrough(true)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setCacheLoaderFactory");
      assertThatThrownBy(() -> manager.createCache("a", Managers.ofStrings().setWriteThrough(true)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setCacheWriterFactory");
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void theConfigurationOfACacheIsACopy() {
    try (CacheManager manager = Managers.inMemory()) {
      MutableConfiguration<String, String> given = Managers.ofStrings();
      Cache<String, String> cache = manager.createCache("strings", given);
      given.setStatisticsEnabled(true);
      cache.getConfiguration(MutableConfiguration.class).setReadThrough(true);
      CompleteConfiguration<String, String> own =
          cache.getConfiguration(CompleteConfiguration.class);
      assertThat(own.isStatisticsEnabled()).isFalse();
      assertThat(own.isReadThrough()).isFalse();
    }
  }

  @Test
  void messagesHaveNoPasswordInThem() {
    try (CacheManager manager =
        Managers.of("redis.json://user:secret@127.0.0.1:1?namespace={cache}&timeout=1s")) {
      assertThatThrownBy(() -> Managers.strings(manager).put("k", "v"))
          .isInstanceOf(CacheException.class)
          .satisfies(e -> assertThat(stackTraceOf(e)).doesNotContain("secret"));
    }
  }

  private static String stackTraceOf(Throwable e) {
    java.io.StringWriter trace = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(trace));
    return trace.toString();
  }
}
