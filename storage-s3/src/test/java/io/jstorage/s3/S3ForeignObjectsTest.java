package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket is shared with other folders and other programs. */
@Timeout(300)
class S3ForeignObjectsTest {
  @RegisterExtension final TestBucket bucket = new TestBucket();

  private void putObject(String name, String content) {
    bucket
        .client()
        .putObject(
            request -> request.bucket(bucket.bucket()).key(name), RequestBody.fromString(content));
  }

  /** The names of all objects of the folder and of its neighbours, and their entity tags. */
  private Map<String, String> objects() {
    Map<String, String> objects = new TreeMap<>();
    for (S3Object object :
        bucket
            .client()
            .listObjectsV2(request -> request.bucket(bucket.bucket()).prefix(bucket.folder()))
            .contents()) {
      objects.put(object.key(), object.eTag());
    }
    return objects;
  }

  private static List<String> keys(Storage<String> storage, String prefix) {
    try (Stream<String> keys = storage.keys(prefix)) {
      return keys.sorted().toList();
    }
  }

  private static void useEverything(Storage<String> storage) {
    storage.putAll(Map.of("x", "1", "y/z", "2"));
    assertThat(storage.putIfAbsent("b", "3")).isTrue();
    assertThat(storage.getAll(List.of("x", "b", "nothing"))).hasSize(2);
    assertThat(storage.remove("x")).isTrue();
    storage.removeAll(List.of("b", "b/object", "/object", "../ab/object"));
    storage.asMap().clear();
    storage.put("k", "v");
    storage.clear();
    assertThat(storage.size()).isZero();
  }

  @Test
  void folderAIsNotTheBeginningOfFolderAb() {
    String a = bucket.folder() + "/a";
    for (String name :
        List.of(a + "b/object", a + "b", a, a + "-/object", bucket.folder() + "/object")) {
      putObject(name, "not yours");
    }
    Map<String, String> before = objects();
    try (Storage<String> storage = bucket.store().folder(a).storage(Codecs.text())) {
      assertThat(storage.size()).isZero();
      assertThat(keys(storage, "")).isEmpty();
      assertThat(keys(storage, "b")).isEmpty();
      assertThat(storage.get("b/object")).isEmpty();
      assertThat(storage.get("b")).isEmpty();
      useEverything(storage);
    }
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aSlashAtTheEndOfTheFolderIsNoMatter() {
    String a = bucket.folder() + "/a";
    try (Storage<String> storage = bucket.store().folder(a).storage(Codecs.text());
        Storage<String> same = bucket.store().folder(a + "/").storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(same.get("k")).hasValue("v");
    }
    assertThat(objects()).containsOnlyKeys(a + "/k");
  }

  @Test
  void anObjectThatAnotherProgramWroteIsAnEntry() throws IOException {
    putObject(bucket.folder() + "/by/hand.html", "<p>ü</p>");
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      assertThat(storage.get("by/hand.html")).hasValue("<p>ü</p>");
      assertThat(storage.contains("by/hand.html")).isTrue();
      assertThat(keys(storage, "by/")).containsExactly("by/hand.html");
      ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
      try (InputStream stream = streams.readStream("by/hand.html")) {
        assertThat(stream).hasContent("<p>ü</p>");
      }
      Version version = storage.entry("by/hand.html").flatMap(Entry::version).orElseThrow();
      assertThat(storage.putIfAbsent("by/hand.html", "no")).isFalse();
      putObject(bucket.folder() + "/by/hand.html", "again by hand");
      assertThat(storage.replace("by/hand.html", version, "lost")).isFalse();
      assertThat(storage.remove("by/hand.html", version)).isFalse();
      assertThat(storage.get("by/hand.html")).hasValue("again by hand");
      assertThat(storage.remove("by/hand.html")).isTrue();
      assertThat(storage.remove("by/hand.html")).isFalse();
    }
  }

  @Test
  void anObjectWithoutADeadlineDoesNotExpire() {
    SettableClock clock = new SettableClock();
    putObject(bucket.folder() + "/by-hand", "value");
    try (Storage<String> storage =
        bucket.store().expiration(Duration.ofSeconds(1)).clock(clock).storage(Codecs.text())) {
      storage.put("mine", "value");
      clock.advance(Duration.ofDays(10_000));
      assertThat(storage.get("by-hand")).hasValue("value");
      assertThat(storage.entry("by-hand").flatMap(Entry::expiresAt)).isEmpty();
      assertThat(storage.get("mine")).isEmpty();
      assertThat(storage.purgeExpired()).isEqualTo(1);
      assertThat(keys(storage, "")).containsExactly("by-hand");
    }
  }

  @Test
  void namesThatNoKeyHasAreLeftAlone() {
    bucket.proxy();
    String folder = bucket.folder() + "/";
    for (String name : List.of("%zz", "%6b", "100%", "a%2", "%C3")) {
      putObject(folder + name, "not yours");
    }
    Map<String, String> before = objects();
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      assertThat(storage.size()).isZero();
      assertThat(keys(storage, "")).isEmpty();
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.get("%6b")).isEmpty();
      assertThat(storage.get("100%")).isEmpty();
      useEverything(storage);
    }
    assertThat(objects()).isEqualTo(before);
  }

  /** Browsers of buckets make such objects to have something to show. */
  @Test
  void markersOfFoldersAreLeftAlone() {
    bucket.proxy();
    putObject(bucket.folder() + "/sub/", "");
    Map<String, String> before = objects();
    assertThat(before).as("the server keeps it").hasSize(1);
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      assertThat(storage.size()).isZero();
      useEverything(storage);
    }
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void foreignObjectsAreOverwritten() {
    putObject(bucket.folder() + "/k", "\0\1not what was encoded");
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      storage.put("k", "mine");
      assertThat(storage.get("k")).hasValue("mine");
      storage
          .unwrap(ByteStreams.class)
          .orElseThrow()
          .writeStream(
              "k", new ByteArrayInputStream("streamed".getBytes(UTF_8)), WriteOptions.NONE);
      assertThat(storage.get("k")).hasValue("streamed");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
