package io.jstorage.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.provider.StorageProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services of pystorage's names: its files are read, and what is written is for it. */
class PickleFactoriesTest {
  /** {'text': 'Hello World!'}, as Python 3.8 and later write it by default for pystorage. */
  private static final String HELLO =
      "8004951a000000000000007d948c0474657874948c0c48656c6c6f20576f726c642194732e";

  /** The call of a function, in the form of data: os.getcwd(). */
  private static final String CALL = "636f730a6765746377640a28742e";

  @TempDir Path root;
  private final StorageProvider provider = StorageProvider.load();

  private Storage<Object> open(String service) {
    return provider.create(service, StorageOptions.of("path", root));
  }

  private Path file(String service, String key) {
    return root.resolve(key + (service.endsWith(".gzip") ? ".storage.pkl.gz" : ".storage.pkl"));
  }

  private void write(String service, String key, String hex) throws IOException {
    byte[] pickle = HexFormat.of().parseHex(hex);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (service.endsWith(".gzip")) {
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(pickle);
      }
    } else {
      bytes.write(pickle);
    }
    Files.write(file(service, key), bytes.toByteArray());
  }

  private byte[] read(String service, String key) throws IOException {
    byte[] bytes = Files.readAllBytes(file(service, key));
    if (!service.endsWith(".gzip")) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.pickle", "storage.pickle.gzip"})
  void aFileOfPystorageIsAnEntry(String service) throws IOException {
    write(service, "some_key", HELLO);
    try (Storage<Object> storage = open(service)) {
      assertThat(storage.get("some_key")).hasValue(Map.of("text", "Hello World!"));
      assertThat(storage.asMap().keySet()).containsExactly("some_key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.pickle", "storage.pickle.gzip"})
  void aFileHoldsThePickleAndNothingElse(String service) throws IOException {
    try (Storage<Object> storage = open(service)) {
      storage.put("some_key", Map.of("text", "Hello World!"));
    }
    // Protocol 4, an empty dict, a mark, two texts of which the first is numbered, items, the end.
    assertThat(HexFormat.of().formatHex(read(service, "some_key")))
        .isEqualTo("80047d288c047465787494" + "8c0c48656c6c6f20576f726c6421" + "752e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.pickle", "storage.pickle.gzip"})
  void aPickleThatIsNoDataIsAnErrorForItsKeyAndPutRightByAWrite(String service) throws IOException {
    try (Storage<Object> storage = open(service)) {
      storage.put("good", "fine");
      for (String hex :
          List.of(CALL, "", "4e2e", HELLO.substring(2), HELLO + "2e", "5d".repeat(9))) {
        write(service, "bad", hex);
        assertThatThrownBy(() -> storage.get("bad"))
            .isInstanceOf(CodecException.class)
            .hasMessageContaining("'bad'");
        assertThat(storage.get("good")).hasValue("fine");
        storage.put("bad", "repaired");
        assertThat(storage.get("bad")).hasValue("repaired");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.pickle", "storage.pickle.gzip"})
  void anUnwritableValueLeavesTheOldOne(String service) {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    Map<Object, Object> oneToPython = new LinkedHashMap<>(Map.of(1L, "a"));
    oneToPython.put(1.0, "b");
    try (Storage<Object> storage = open(service)) {
      storage.put("k", "old");
      for (Object value : List.of(itself, oneToPython, new Object(), 1, List.of(1.5f))) {
        assertThatThrownBy(() -> storage.put("k", value))
            .isInstanceOf(CodecException.class)
            .hasMessageContainingAll("'k'", value.getClass().getName());
      }
      assertThat(storage.get("k")).hasValue("old");
    }
  }

  @Test
  void theOptionsOfTheCodecAreThoseOfTheService() throws IOException {
    write("storage.pickle", "latin", "5502c3a92e");
    String url = "pickle:" + root + "?pickle.python2=utf8&pickle.limit=100";
    try (Storage<Object> storage = provider.open(url)) {
      assertThat(storage.require("latin")).isEqualTo("\u00e9");
      assertThatThrownBy(() -> storage.put("long", "x".repeat(100)))
          .hasMessageContaining("more than 100 bytes");
    }
  }

  @Test
  void aStorageOfATypeReadsThatType() {
    TypeRef<Map<String, List<Integer>>> type = new TypeRef<>() {};
    StorageOptions options = StorageOptions.of("path", root);
    try (var storage = provider.create("storage.pickle", type, options)) {
      storage.put("k", Map.of("a", List.of(1, 2)));
      assertThat(storage.require("k").get("a")).containsExactly(1, 2);
    }
  }

  @Test
  void anyStorageOfBytesTakesTheCodec() throws IOException {
    String url = "json:" + root + "?codec=pickle&suffix=.other";
    try (Storage<Object> storage = provider.open(url)) {
      storage.put("k", "text");
    }
    assertThat(new String(Files.readAllBytes(root.resolve("k.other")), StandardCharsets.ISO_8859_1))
        .isEqualTo("\u0080\u0004\u008c\u0004text.");
  }
}
