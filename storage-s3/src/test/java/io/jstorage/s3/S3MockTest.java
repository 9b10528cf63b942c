package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.HostileKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Another server, by other people, that keeps its objects in another way. */
@Timeout(300)
class S3MockTest {
  private static S3MockServer server;
  private static S3Client client;

  private Storage<String> storage;

  @BeforeAll
  static void start() {
    server = S3MockServer.start();
    client = S3Clients.of(server.endpoint(), "us-east-1", "any", "any");
    client.createBucket(request -> request.bucket("bucket"));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void open() {
    storage = store().storage(Codecs.text());
  }

  private static S3StoreBuilder store() {
    return S3Store.in("bucket")
        .folder("folder")
        .endpoint(server.endpoint())
        .region("us-east-1")
        .credentials("any", "any");
  }

  @AfterEach
  void clear() {
    storage.clear();
    storage.close();
  }

  @Test
  void everyKeyIsKeptApartAndComesBack() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : HostileKeys.portable()) {
      entries.put(key, "value " + entries.size());
    }
    storage.putAll(entries);
    try (Stream<String> keys = storage.keys()) {
      assertThat(keys).containsExactlyInAnyOrderElementsOf(entries.keySet());
    }
    assertThat(storage.getAll(entries.keySet())).isEqualTo(entries);
    for (String key : entries.keySet()) {
      assertThat(storage.remove(key)).as(key).isTrue();
    }
    assertThat(storage.size()).isZero();
  }

  @Test
  void listingsAndDeletionsAreOfTheFolderOnly() {
    try (Storage<String> neighbour = store().folder("folder2").storage(Codecs.text())) {
      neighbour.putAll(Map.of("a", "1", "b/c", "2"));
      storage.putAll(Map.of("a", "1", "b/c", "2", "b/d", "3"));
      try (Stream<String> keys = storage.keys("b/")) {
        assertThat(keys).containsExactlyInAnyOrder("b/c", "b/d");
      }
      storage.removeAll(List.of("a", "nothing"));
      assertThat(storage.size()).isEqualTo(2);
      storage.clear();
      assertThat(storage.size()).isZero();
      assertThat(neighbour.size()).isEqualTo(2);
      neighbour.clear();
    }
  }

  @Test
  void streamsGoInPartsAndComeBack() throws IOException {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    byte[] large = "0123456789abcdef".repeat(9 << 16).getBytes(UTF_8);
    streams.writeStream("large", new ByteArrayInputStream(large), WriteOptions.NONE);
    try (InputStream bytes = streams.readStream("large")) {
      assertThat(bytes).hasBinaryContent(large);
    }
    assertThat(streams.readStream("nothing")).isNull();
  }

  @Test
  void theProbeIsRightAndLeavesNoObject() {
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      assertThat(storage.putIfAbsent("k", "first")).isTrue();
      assertThat(storage.putIfAbsent("k", "second")).isFalse();
    } else {
      storage.put("k", "first");
    }
    assertThat(storage.get("k")).hasValue("first");
    assertThat(client.listObjectsV2(request -> request.bucket("bucket")).contents())
        .extracting(S3Object::key)
        .containsExactly("folder/k");
  }
}
