package io.jstorage.json.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The codec as storages meet it: found by name, in front of a store. */
class JsonCodecFactoryTest {
  private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
  private final StorageProvider provider = StorageProvider.load().register(new MapFactory(bytes));

  private static final class MapFactory extends ByteStoreFactory {
    private final Map<String, byte[]> bytes;

    MapFactory(Map<String, byte[]> bytes) {
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return "test.map";
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of();
    }

    @Override
    public Optional<String> defaultCodec() {
      return Optional.of("json");
    }

    @Override
    protected ByteStore open(StorageOptions options) {
      return new ByteStore() {
        @Override
        public byte @Nullable [] read(String key, Access access) {
          byte[] found = bytes.get(key);
          return found == null ? null : found.clone();
        }

        @Override
        public boolean write(String key, byte[] value, WriteOptions options) {
          bytes.put(key, value);
          return true;
        }

        @Override
        public boolean delete(String key, Condition condition) {
          return bytes.remove(key) != null;
        }

        @Override
        public Stream<String> keys(String prefix) {
          return bytes.keySet().stream().filter(key -> key.startsWith(prefix));
        }

        @Override
        public String toString() {
          return "a map";
        }
      };
    }
  }

  private String stored(String key) {
    return new String(bytes.getOrDefault(key, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void theCodecIsRegisteredUnderItsNameOnTheClassPath() {
    assertThat(ServiceLoader.load(CodecFactory.class))
        .filteredOn(factory -> factory.name().equals("json"))
        .singleElement()
        .isInstanceOf(JsonCodecFactory.class);
  }

  @Test
  void aStorageKeepsPlainJson() {
    Storage<Object> storage = provider.create("test.map");
    storage.put("some_key", Map.of("text", "Hello World!"));
    assertThat(stored("some_key")).isEqualTo("{\"text\":\"Hello World!\"}");
    assertThat(storage.get("some_key")).hasValue(Map.of("text", "Hello World!"));
  }

  @Test
  void aStorageOfATypeReadsThatType() {
    Storage<Map<String, List<Integer>>> storage =
        provider.create(
            "test.map", new TypeRef<Map<String, List<Integer>>>() {}, StorageOptions.none());
    storage.put("k", Map.of("a", List.of(1, 2)));
    assertThat(storage.require("k").get("a")).containsExactly(1, 2);
  }

  @Test
  void theMapperIsAnOption() {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Storage<Object> storage = provider.create("test.map", StorageOptions.of("json.mapper", mapper));
    storage.put("k", Map.of("a", 1));
    assertThat(stored("k").lines()).containsExactly("{", "  \"a\" : 1", "}");
  }

  @Test
  void aMapperThatIsNoneIsRefused() {
    assertThatThrownBy(
            () -> provider.create("test.map", StorageOptions.of("json.mapper", "pretty")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("json.mapper", "tools.jackson.databind.json.JsonMapper");
  }

  static final class Ambiguous {
    public void setValue(Set<String> value) {}

    public void setValue(List<String> value) {}
  }

  @Test
  void aTypeThatCannotBeReadIsRefusedBeforeAnythingIsOpened() {
    assertThatThrownBy(() -> provider.create("test.map", Ambiguous.class))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the codec json cannot hold values of " + Ambiguous.class.getName());
  }

  static class Animal {
    public String name = "a";
  }

  static final class Cat extends Animal {}

  record Label(Optional<String> text) {}

  @Test
  @SuppressWarnings("NullOptional")
  void aValueThatWouldNotComeBackEqualLeavesTheOldOne() {
    Storage<Animal> animals = provider.create("test.map", Animal.class);
    animals.put("animal", new Animal());
    assertThatThrownBy(() -> animals.put("animal", new Cat()))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("'animal'", "would not come back equal", Cat.class.getName());
    Storage<Label> labels = provider.create("test.map", Label.class);
    labels.put("label", new Label(Optional.of("old")));
    assertThatThrownBy(() -> labels.put("label", new Label(null)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("$.text");
    assertThat(stored("animal")).isEqualTo("{\"name\":\"a\"}");
    assertThat(labels.require("label")).isEqualTo(new Label(Optional.of("old")));
  }

  @Test
  void aStorageOfATypeWhoseValuesCannotBeReadIsNotMade() {
    assertThatThrownBy(
            () ->
                provider.create(
                    "test.map", new TypeRef<List<Runnable>>() {}, StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("java.lang.Runnable", "can be written but not read back");
  }

  @Test
  void anUnwritableValueLeavesTheOldOne() {
    Storage<Object> storage = provider.create("test.map");
    storage.put("k", "old");
    Map<String, Object> self = new HashMap<>();
    self.put("self", self);
    for (Object value : List.of(self, new Object(), Double.NaN)) {
      assertThatThrownBy(() -> storage.put("k", value))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("'k'", "a map", value.getClass().getName());
    }
    assertThat(stored("k")).isEqualTo("\"old\"");
  }

  @Test
  void jsonThatDoesNotReadIsAnErrorOfThatKeyAndIsRepairedByAPut() {
    Storage<Object> storage = provider.create("test.map");
    storage.put("good", 1L);
    for (String json : List.of("", "null", "garbage", "{\"a\":", "[".repeat(100_000))) {
      bytes.put("bad", json.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> storage.get("bad"))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("'bad'");
      assertThat(storage.get("good")).hasValue(1L);
      storage.put("bad", "repaired");
      assertThat(storage.get("bad")).hasValue("repaired");
    }
  }

  @Test
  void theMediaTypeIsJson() {
    assertThat(
            new JsonCodecFactory()
                .create(TypeRef.of(Object.class), StorageOptions.none())
                .contentType())
        .isEqualTo("application/json");
  }
}
