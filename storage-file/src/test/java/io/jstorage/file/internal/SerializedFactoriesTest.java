package io.jstorage.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.file.DiskLruStore;
import io.jstorage.provider.StorageProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializedFactoriesTest {
  private static final Map<String, String> SUFFIXES =
      Map.of(
          "storage.serialized", ".storage.ser",
          "storage.serialized.gzip", ".storage.ser.gz",
          "storage.disklru", ".storage.lru");

  /** A class that nobody has allowed. */
  static final class Stranger implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path root;
  private final StorageProvider provider = StorageProvider.load();

  private Storage<Object> open(String service) {
    return provider.create(service, StorageOptions.of("path", root));
  }

  private Path file(String service, String key) {
    return root.resolve(key + SUFFIXES.get(service));
  }

  private static byte[] serialized(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String service, Object value) throws IOException {
    if (!service.endsWith(".gzip")) {
      return serialized(value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(serialized(value));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.serialized", "storage.serialized.gzip", "storage.disklru"})
  void aFileHoldsThePlainObjectStream(String service) throws Exception {
    List<Object> value = List.of("text", 42, Map.of("k", 1.5));
    try (Storage<Object> storage = open(service)) {
      storage.put("k", value);
      assertThat(storage.get("k")).hasValue(value);
    }
    byte[] bytes = Files.readAllBytes(file(service, "k"));
    try (ObjectInputStream in =
        new ObjectInputStream(
            service.endsWith(".gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(bytes))
                : new ByteArrayInputStream(bytes))) {
      assertThat(in.readObject()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage.serialized", "storage.serialized.gzip", "storage.disklru"})
  void aFileThatNamesAClassNobodyAllowedIsAnErrorForItsKeyAndPutRightByAWrite(String service)
      throws IOException {
    try (Storage<Object> storage = open(service)) {
      storage.put("good", "fine");
      storage.put("bad", "old");
      for (byte[] bytes :
          List.of(
              encoded(service, new Stranger()),
              encoded(service, new Stranger[1]),
              encoded(service, List.of(new Stranger())),
              new byte[0],
              new byte[] {1, 2, 3})) {
        Files.write(file(service, "bad"), bytes);
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
  @ValueSource(strings = {"storage.serialized", "storage.serialized.gzip", "storage.disklru"})
  void aValueThatCannotBeSerializedLeavesTheOldOneAndNoFile(String service) throws IOException {
    try (Storage<Object> storage = open(service)) {
      storage.put("k", "old");
      for (Object value : List.of(new Object(), List.of(new Object()), Thread.currentThread())) {
        assertThatThrownBy(() -> storage.put("k", value)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> storage.put("new", value)).isInstanceOf(CodecException.class);
      }
      assertThat(storage.get("k")).hasValue("old");
      assertThat(storage.size()).isEqualTo(1);
    }
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(String::valueOf)).noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  @Test
  void servicesOfOneDirectoryDoNotSeeEachOther() {
    try (Storage<Object> plain = open("storage.serialized");
        Storage<Object> gzip = open("storage.serialized.gzip");
        Storage<Object> lru = open("storage.disklru");
        Storage<Object> json = open("storage.json")) {
      List<Storage<Object>> all = List.of(plain, gzip, lru, json);
      for (int i = 0; i < all.size(); i++) {
        all.get(i).put("k", "value " + i);
      }
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get("k")).hasValue("value " + i);
        assertThat(all.get(i).size()).isEqualTo(1);
      }
      lru.clear();
      plain.clear();
      assertThat(gzip.get("k")).hasValue("value 1");
      assertThat(json.get("k")).hasValue("value 3");
    }
  }

  @Test
  void theDiskLruKeepsTheNewest100UnlessTold() {
    try (Storage<Object> storage = open("storage.disklru")) {
      for (int i = 0; i < 150; i++) {
        storage.put("key" + i, i);
      }
      assertThat(storage.asMap().keySet())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(50, 150).mapToObj(i -> "key" + i).toList());
      assertThat(storage.unwrap(DiskLruStore.class)).isPresent();
    }
  }

  @Test
  void theOptionsOfTheDiskLruReachTheStore() throws IOException {
    String url =
        "disklru:" + root + "?limit=2&codec=json&transforms=gzip&suffix=.few&durability=full";
    try (Storage<String> storage = provider.open(url, String.class)) {
      for (String key : List.of("a", "b", "c")) {
        storage.put(key, "v");
      }
      assertThat(storage.size()).isEqualTo(2);
    }
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(root.resolve("c.few")))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("\"v\"");
    }
  }

  @Test
  void aLimitBelowOneIsRefusedBeforeAnythingIsOpened() {
    Path directory = root.resolve("new");
    for (String limit : List.of("0", "-1", "many", "")) {
      StorageOptions options = StorageOptions.of("path", directory, "limit", limit);
      assertThatThrownBy(() -> provider.create("storage.disklru", options))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("limit");
    }
    assertThat(directory).doesNotExist();
  }
}
