package io.jstorage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.TypeRef;
import io.jstorage.UnknownStorageException;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageProviderTest {
  private final MapFactory map = new MapFactory("acme.map");
  private final StorageProvider provider =
      StorageProvider.load(new ClassLoader(null) {})
          .register(map)
          .register(new ShoutCodec())
          .register(new ReverseTransform());

  private String stored(String key) {
    return new String(map.bytes.get(key), StandardCharsets.UTF_8);
  }

  @Test
  void aStorageIsMadeByNameWithItsDefaultCodec() {
    try (Storage<Object> storage = provider.create("acme.map")) {
      storage.put("k", "v");
    }
    assertThat(stored("k")).isEqualTo("v!");
  }

  @Test
  void optionsOfTheCodecAndOfTransformsAreTakenBesideItsOwn() {
    try (Storage<String> storage =
        provider.create(
            "acme.map",
            String.class,
            StorageOptions.of("limit", 5, "shout.mark", "?!", "transforms", "reverse")
                .with("reverse.loud", "true"))) {
      storage.put("k", "ab");
      assertThat(storage.get("k")).contains("ab");
    }
    assertThat(stored("k")).isEqualTo("!?ba");
    assertThat(map.options.get(MapFactory.LIMIT)).isEqualTo(5);
  }

  @Test
  void aCodecInHandIsUsedAsItIs() {
    Codec<Integer> codec =
        Codec.of(
            n -> Integer.toString(n).getBytes(StandardCharsets.UTF_8),
            bytes -> Integer.valueOf(new String(bytes, StandardCharsets.UTF_8)));
    try (Storage<Integer> storage = provider.create("acme.map", codec, StorageOptions.none())) {
      storage.put("k", 42);
      assertThat(storage.get("k")).contains(42);
    }
    assertThat(stored("k")).isEqualTo("42");
    assertThatThrownBy(
            () -> provider.create("acme.map", codec, StorageOptions.of("codec", "shout")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'codec'");
  }

  @Test
  void aMediumThatDoesNotOpenIsAnsweredByTheKindOfItsFailure() {
    provider.register(new ShutFactory(new AccessDeniedException("/vault")));
    assertThatThrownBy(() -> provider.create("acme.shut", StorageOptions.of("codec", "shout")))
        .isInstanceOf(StorageAccessDeniedException.class)
        .hasMessageContainingAll("cannot open acme.shut", "/vault");
    provider.register(new ShutFactory(new ConnectException("refused")));
    assertThatThrownBy(() -> provider.create("acme.shut", StorageOptions.of("codec", "shout")))
        .isInstanceOfSatisfying(
            StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
  }

  /** The name of a storage whose medium does not open. */
  private static final class ShutFactory extends ByteStoreFactory {
    private final IOException failure;

    ShutFactory(IOException failure) {
      this.failure = failure;
    }

    @Override
    public String name() {
      return "acme.shut";
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of();
    }

    @Override
    protected ByteStore open(StorageOptions options) throws IOException {
      throw failure;
    }
  }

  @Test
  void aStorageOfObjectsRefusesACodec() {
    provider.register(new ObjectFactory());
    assertThatThrownBy(
            () ->
                provider.create(
                    "acme.objects", Codec.of(b -> new byte[0], b -> "x"), StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("acme.objects", "takes no codec");
    assertThatThrownBy(() -> provider.create("acme.objects", StorageOptions.of("codec", "shout")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("it takes none");
  }

  /** Keeps objects; asks its spec for a codec that is not there. */
  private static final class ObjectFactory implements StorageFactory {
    @Override
    public String name() {
      return "acme.objects";
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of();
    }

    @Override
    public <V> Storage<V> create(StorageSpec<V> spec) {
      spec.codec();
      throw new AssertionError("there was a codec");
    }
  }

  @Test
  void askingForACodecThatAStorageNeverDeclaredIsAMistakeOfItsAuthor() {
    provider.register(new ObjectFactory());
    assertThatThrownBy(() -> provider.create("acme.objects"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnknownNameIsAnsweredWithWhatThereIsAndTheNearest() {
    assertThatThrownBy(() -> provider.create("acme.mop"))
        .isInstanceOf(UnknownStorageException.class)
        .hasMessage(
            "there is no storage 'acme.mop'. Did you mean 'acme.map'? Available: acme.map.");
  }

  @ParameterizedTest
  @CsvSource({
    "storage.json, storage-file",
    "storage.pickle, storage-file",
    "storage.pickle.gzip, storage-file",
    "storage.disklru, storage-file",
    "storage.lru, storage-memory",
    "storage.volatile, storage-memory",
    "storage.redis.json, storage-redis",
    "storage.s3, storage-s3"
  })
  void aKnownNameIsAnsweredWithItsArtifact(String name, String artifact) {
    assertThatThrownBy(() -> provider.create(name))
        .isInstanceOf(UnknownStorageException.class)
        .hasMessageContaining("Add io.jstorage:" + artifact);
    assertThatThrownBy(() -> provider.open(name.substring("storage.".length()) + ":"))
        .isInstanceOf(UnknownStorageException.class)
        .hasMessageContaining("Add io.jstorage:" + artifact);
  }

  @Test
  void anUnknownCodecOrTransformIsAnsweredWithItsArtifactOrTheNearest() {
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("codec", "json")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("acme.map", "codec 'json'", "io.jstorage:storage-json", "shout");
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("codec", "pickle")))
        .hasMessageContaining("io.jstorage:storage-pickle");
    assertThatThrownBy(
            () -> provider.create("acme.map", StorageOptions.of("transforms", "revers,lz4")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("transform 'revers'", "Did you mean 'reverse'?");
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("transforms", "lz4")))
        .hasMessageContaining("io.jstorage:storage-compress");
    assertThat(map.opened).isZero();
  }

  @Test
  void anUnknownOptionIsAnsweredWithWhatIsAcceptedAndTheNearest() {
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("limti", 5)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(
            "cannot make acme.map",
            "no option 'limti'",
            "did you mean 'limit'?",
            "codec, limit, password, path, shout.mark, transforms");
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("reverse.loud", true)))
        .describedAs("an option of a transform that is not used")
        .isInstanceOf(InvalidOptionException.class);
    assertThat(map.opened).isZero();
  }

  @Test
  void aMistypedOrMissingOptionIsRefusedBeforeAnythingIsOpened() {
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("limit", "many")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'limit'", "'many'", "a whole number");
    assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("limit", 0)))
        .hasMessageContaining("at least 1");
    MapFactory strict = new MapFactory("acme.strict", Option.text("bucket").required());
    provider.register(strict);
    assertThatThrownBy(() -> provider.create("acme.strict"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("acme.strict", "'bucket' is missing");
    assertThatThrownBy(() -> provider.create("acme.map", Thread.class))
        .hasMessageContainingAll("the codec shout", "java.lang.Thread");
    assertThat(map.opened + strict.opened).isZero();
  }

  @Test
  void aSecretStandsInNoMessageNorDescription() {
    assertThatThrownBy(
            () -> provider.create("acme.map", StorageOptions.of("password", List.of("hunter2"))))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageNotContaining("hunter2");
    assertThat(StorageOptions.of("password", "hunter2").toString()).doesNotContain("hunter2");
  }

  @Test
  void aUrlNamesTheStorageItsPathAndItsOptions() {
    try (Storage<String> storage =
        provider.open("acme.map:/var/data%20set?limit=7&shout.mark=%3F", String.class)) {
      storage.put("k", "v");
    }
    assertThat(stored("k")).isEqualTo("v?");
    assertThat(map.options.get(MapFactory.LIMIT)).isEqualTo(7);
    assertThat(map.options.get(MapFactory.PATH)).isEqualTo(Path.of("/var/data set"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme.map",
        ":x",
        "acme.map://host/x",
        "acme.map:/x?path=/y",
        "acme.map:?limit",
        "acme.map:?limit=1&limit=2",
        "acme.map:/%zz",
        "acme.map:?limit=0"
      })
  void aMalformedUrlIsRefused(String url) {
    assertThatThrownBy(() -> provider.open(url)).isInstanceOf(InvalidOptionException.class);
    assertThat(map.opened).isZero();
  }

  @Test
  void anUnknownSchemeIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> provider.open("rediss://user:hunter2@host"))
        .isInstanceOf(UnknownStorageException.class)
        .hasMessageContainingAll("'rediss'", "io.jstorage:storage-redis", "acme.map")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void propertiesDescribeAStorageByNameOrUrl() {
    Properties properties = new Properties();
    properties.setProperty("a.service", "acme.map");
    properties.setProperty("a.limit", "3");
    properties.setProperty("b.service", "acme.map:/x?limit=4");
    properties.setProperty("b.shout.mark", "~");
    properties.setProperty("c.service", "acme.map:?limit=4");
    properties.setProperty("c.limit", "5");
    TypeRef<String> text = TypeRef.of(String.class);
    provider.open(properties, "a", text).close();
    assertThat(map.options.get(MapFactory.LIMIT)).isEqualTo(3);
    try (Storage<String> storage = provider.open(properties, "b", text)) {
      storage.put("k", "v");
    }
    assertThat(stored("k")).isEqualTo("v~");
    assertThat(map.options.get(MapFactory.LIMIT)).isEqualTo(4);
    assertThatThrownBy(() -> provider.open(properties, "c", text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "option 'limit' is given twice, in the URL acme.map:?limit=*** and as the property 'c.limit': leave one out");
    assertThatThrownBy(() -> provider.open(properties, "d", text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'d.service'");
  }

  @Test
  void propertiesOpenAStorageOfAClassAndTakeObjectsBesideThem() {
    Properties properties = new Properties();
    properties.setProperty("a.service", "acme.map");
    properties.setProperty("a.shout.mark", "~");
    properties.setProperty("b.service", "acme.map:?limit=4");
    properties.setProperty("b.shout.mark", "~");
    try (Storage<String> storage = provider.open(properties, "a", String.class)) {
      storage.put("k", "v");
    }
    assertThat(stored("k")).isEqualTo("v~");
    StorageOptions objects = StorageOptions.of("path", Path.of("x"));
    provider.open(properties, "a", String.class, objects).close();
    assertThat(map.options.get(MapFactory.PATH)).isEqualTo(Path.of("x"));
    provider.open(properties, "b", TypeRef.of(String.class), objects.with("password", "p")).close();
    assertThat(map.options.names()).containsExactly("limit", "shout.mark", "path", "password");
    assertThatThrownBy(
            () ->
                provider.open(properties, "a", String.class, StorageOptions.of("shout.mark", "?")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("as the property 'a.shout.mark' and in the options");
  }

  @Test
  void aUrlTakesFurtherOptionsBesideIt() {
    StorageOptions more = StorageOptions.of("path", Path.of("y"), "shout.mark", "?");
    String url = "acme.map:?limit=7";
    provider.open(url, more).close();
    assertThat(map.options.names()).containsExactly("limit", "path", "shout.mark");
    try (Storage<String> storage = provider.open(url, String.class, more)) {
      storage.put("k", "v");
    }
    assertThat(stored("k")).isEqualTo("v?");
    provider.open(url, TypeRef.of(String.class), more.without("path")).close();
    assertThat(map.options.names()).containsExactly("limit", "shout.mark");
    Codec<String> codec = Codec.of(s -> new byte[] {'c'}, bytes -> "decoded");
    try (Storage<String> storage =
        provider.open(url, codec, StorageOptions.of("transforms", "reverse"))) {
      storage.put("k", "v");
      assertThat(storage.get("k")).contains("decoded");
    }
    assertThat(stored("k")).isEqualTo("c");
  }

  @Test
  void anOptionThatAUrlGivesIsNotGivenBesideIt() {
    assertThatThrownBy(
            () -> provider.open("acme.map:?limit=1", String.class, StorageOptions.of("limit", 1)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "option 'limit' is given twice, in the URL acme.map:?limit=*** and in the options: leave one out");
    assertThatThrownBy(() -> provider.open("acme.map:/x", StorageOptions.of("path", Path.of("/x"))))
        .describedAs("the path is an option too")
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("option 'path'", "in the URL acme.map:/x", "in the options");
    assertThatThrownBy(
            () ->
                provider.open(
                    "acme.map:?password=hunter2", StorageOptions.of("password", "hunter2")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageNotContaining("hunter2");
    Codec<String> codec = Codec.of(s -> new byte[0], bytes -> "");
    assertThatThrownBy(() -> provider.open("acme.map:?codec=shout", codec, StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the codec is given twice, by the option 'codec' and as an object");
    assertThat(map.opened).isZero();
  }

  @Test
  void aDescriptionTellsEveryOptionWithItsDefault() {
    StorageDescription description = provider.describe("acme.map");
    assertThat(description.schemes()).containsExactly("acme.map");
    assertThat(description.options())
        .extracting(Option::name)
        .containsExactly("codec", "limit", "password", "path", "shout.mark", "transforms");
    assertThat(description.toString())
        .contains("limit: a whole number, at least 1; default 10", "codec: text; default shout");
    assertThatThrownBy(() -> provider.describe("acme.mop"))
        .isInstanceOf(UnknownStorageException.class);
  }

  @Test
  void aLaterRegistrationReplacesAnEarlierOneAndProvidersShareNothing() {
    MapFactory other = new MapFactory("acme.map");
    assertThat(provider.register(other)).isSameAs(provider);
    provider.create("acme.map").close();
    assertThat(other.opened).isEqualTo(1);
    assertThat(map.opened).isZero();
    assertThat(StorageProvider.load(new ClassLoader(null) {}).names()).isEmpty();
  }

  @Test
  void aThreadWithoutContextClassLoaderFallsBackToTheLibrarysOwn() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(StorageProvider.load().names())
          .isEqualTo(StorageProvider.load(StorageProvider.class.getClassLoader()).names());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
