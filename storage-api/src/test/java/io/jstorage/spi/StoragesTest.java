package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.ByteTransform;
import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoragesTest {
  private final MapByteStore store = new MapByteStore();
  private final Storage<String> storage = Storages.of(store, Text.CODEC);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aValueThatCannotBeEncodedLeavesTheOldOneAndNeverReachesTheStore() {
    storage.put("k", "old");
    assertThatThrownBy(() -> storage.put("k", "unencodable"))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("put 'k'", "the test map", "java.lang.String", "refused");
    assertThat(storage.get("k")).contains("old");
  }

  @Test
  void onlyWhatIsAnAccessTouchesAnEntry() {
    List<String> touched = new ArrayList<>();
    Storage<String> observed =
        Storages.of(
            new AtomicMapByteStore() {
              @Override
              public byte @Nullable [] read(String key, Access access) throws IOException {
                if (access == Access.TOUCH) {
                  touched.add("read");
                }
                return super.read(key, Access.PEEK);
              }

              @Override
              public @Nullable Entry<byte[]> readEntry(String key, Access access)
                  throws IOException {
                if (access == Access.TOUCH) {
                  touched.add("readEntry");
                }
                return super.readEntry(key, Access.PEEK);
              }
            },
            Text.CODEC);
    observed.put("k", "v");
    assertThat(observed.contains("k")).isTrue();
    assertThat(observed.asMap().containsValue("v")).isTrue();
    assertThat(observed.asMap().values()).containsExactly("v");
    assertThat(observed.asMap().replace("k", "other", "w")).isFalse();
    assertThat(observed.asMap().entrySet()).containsExactly(Map.entry("k", "v"));
    assertThat(observed.asMap().replace("k", "v", "w")).isTrue();
    assertThat(observed.asMap().equals(Map.of("k", "w"))).isTrue();
    assertThat(touched).isEmpty();
    assertThat(observed.get("k")).contains("w");
    assertThat(observed.entry("k")).isPresent();
    assertThat(touched).containsExactly("read", "readEntry");
  }

  @Test
  void aBatchWithAValueThatCannotBeEncodedStoresNothing() {
    assertThatThrownBy(() -> storage.putAll(Map.of("a", "1", "b", "unencodable")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("'b'");
    assertThat(store.bytes).isEmpty();
  }

  @Test
  void bytesThatDoNotDecodeConcernTheirKeyAloneAndAreRepairedByPutOrRemove() {
    storage.putAll(Map.of("good", "1", "bad", "2", "worse", "3"));
    store.bytes.put("bad", utf8("!"));
    store.bytes.put("worse", utf8("!"));
    assertThatThrownBy(() -> storage.get("bad"))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("get 'bad'", "the test map", "damaged", "repair");
    assertThat(storage.get("good")).contains("1");
    BatchException e =
        catchThrowableOfType(
            BatchException.class, () -> storage.getAll(List.of("bad", "good", "worse")));
    assertThat(e.failures()).containsOnlyKeys("bad", "worse");
    storage.put("bad", "mended");
    assertThat(storage.remove("worse")).isTrue();
    assertThat(storage.getAll(List.of("bad", "good", "worse")))
        .isEqualTo(Map.of("bad", "mended", "good", "1"));
  }

  @Test
  void aCodecThatDecodesToNullIsACodecFailure() {
    Storage<String> broken =
        Storages.of(store, Codec.of(value -> new byte[0], StoragesTest::nothing));
    broken.put("k", "v");
    assertThatThrownBy(() -> broken.get("k"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("null");
  }

  private static String nothing(byte[] bytes) {
    return null;
  }

  @Test
  void transformsAreAppliedInOrderAndUndoneInReverse() {
    Storage<String> wrapped = Storages.of(store, Text.CODEC, List.of(new Tag("<"), new Tag("[")));
    wrapped.put("k", "v");
    assertThat(store.bytes.get("k")).isEqualTo(utf8("[k<kv"));
    assertThat(wrapped.get("k")).contains("v");
    store.bytes.put("k", utf8("<k[kv"));
    assertThatThrownBy(() -> wrapped.get("k")).isInstanceOf(CodecException.class);
  }

  /** Puts a mark and the key in front. */
  private record Tag(String mark) implements ByteTransform {
    @Override
    public byte[] apply(String key, byte[] plain) {
      return utf8(mark + key + new String(plain, StandardCharsets.UTF_8));
    }

    @Override
    public byte[] invert(String key, byte[] coded) throws IOException {
      String text = new String(coded, StandardCharsets.UTF_8);
      if (!text.startsWith(mark + key)) {
        throw new IOException("no mark");
      }
      return utf8(text.substring(mark.length() + key.length()));
    }
  }

  @Test
  void failuresAreClassifiedAndNameOperationKeyAndPlace() {
    store.failure = new IOException("disk on fire");
    assertThatThrownBy(() -> storage.get("k\n"))
        .isExactlyInstanceOf(StorageException.class)
        .hasMessage("cannot get 'k\\u{a}' in the test map: IOException: disk on fire")
        .hasCause(store.failure);
    store.failure = new AccessDeniedException("/x");
    assertThatThrownBy(() -> storage.put("k", "v"))
        .isInstanceOf(StorageAccessDeniedException.class)
        .hasMessageContainingAll("put 'k'", "AccessDeniedException: /x");
    store.failure = new ConnectException("refused");
    assertThat(failureOfPut()).isInstanceOf(StorageUnavailableException.class);
    assertThat(failureOfPut().outcomeUnknown()).isFalse();
    store.failure = ByteStoreException.unavailable("loading", null);
    assertThat(failureOfPut()).isInstanceOf(StorageUnavailableException.class);
    store.failure = ByteStoreException.accessDenied("no rights", null);
    assertThat(failureOfPut()).isInstanceOf(StorageAccessDeniedException.class);
  }

  @Test
  void aWriteWhoseConnectionBrokeMayHaveHappenedAndAReadChangedNothing() {
    for (IOException broken :
        List.of(
            new SocketTimeoutException("read timed out"),
            ByteStoreException.outcomeUnknown("reset", null))) {
      store.failure = broken;
      assertThat(failureOfPut().outcomeUnknown()).isTrue();
      assertThat(
              catchThrowableOfType(StorageException.class, () -> storage.get("k")).outcomeUnknown())
          .isFalse();
    }
  }

  private StorageException failureOfPut() {
    return catchThrowableOfType(StorageException.class, () -> storage.put("k", "v"));
  }

  @Test
  void everyOperationReportsAFailureAndNeverAMiss() {
    Storage<String> atomic = Storages.of(failing(new AtomicMapByteStore()), Text.CODEC);
    Version version = Version.of(1);
    assertFails(() -> atomic.get("k"));
    assertFails(() -> atomic.entry("k"));
    assertFails(() -> atomic.contains("k"));
    assertFails(() -> atomic.remove("k"));
    assertFails(() -> atomic.remove("k", version));
    assertFails(() -> atomic.putIfAbsent("k", "v"));
    assertFails(() -> atomic.replace("k", version, "v"));
    assertFails(atomic::size);
    assertFails(atomic::keys);
    assertFails(atomic::clear);
    assertFails(() -> atomic.getAll(List.of("k")));
    assertFails(() -> atomic.putAll(Map.of("k", "v")));
    assertFails(() -> atomic.removeAll(List.of("k")));
    assertFails(() -> atomic.get("k", key -> "loaded"));
    assertFails(() -> atomic.asMap().put("k", "v"));
  }

  private static MapByteStore failing(MapByteStore store) {
    store.failure = new IOException("broken");
    return store;
  }

  private static void assertFails(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageException.class).hasMessageContaining("broken");
  }

  @Test
  void aFailureInTheMiddleOfAListingReachesTheReader() {
    Storage<String> storage =
        Storages.of(
            new MapByteStore() {
              @Override
              public Stream<String> keys(String prefix) {
                return Stream.of("a", "b")
                    .filter(
                        key -> {
                          if (key.equals("b")) {
                            throw new UncheckedIOException(new IOException("torn"));
                          }
                          return true;
                        });
              }
            },
            Text.CODEC);
    try (Stream<String> keys = storage.keys()) {
      assertThatThrownBy(keys::toList)
          .isExactlyInstanceOf(StorageException.class)
          .hasMessageContaining("torn");
    }
    assertThatThrownBy(storage::size).isExactlyInstanceOf(StorageException.class);
    try (Stream<String> keys = storage.keys()) {
      UncheckedIOException own = new UncheckedIOException(new IOException("the reader's own"));
      assertThatThrownBy(
              () ->
                  keys.forEach(
                      key -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
  }

  @Test
  void closingTheKeyStreamClosesTheListing() {
    boolean[] streamClosed = new boolean[1];
    Storage<String> storage =
        Storages.of(
            new MapByteStore() {
              @Override
              public Stream<String> keys(String prefix) {
                return Stream.of("a").onClose(() -> streamClosed[0] = true);
              }
            },
            Text.CODEC);
    storage.keys().close();
    assertThat(streamClosed[0]).isTrue();
  }

  @Test
  void aStrangersStoreDeclaresNothingAndRefusesWhatItCannotDo() {
    assertThat(storage.capabilities()).isEmpty();
    storage.put("k", "v");
    Version version = Version.of(1);
    assertUnsupported(() -> storage.putIfAbsent("k", "w"), "ATOMIC");
    assertUnsupported(() -> storage.replace("k", version, "w"), "ATOMIC");
    assertUnsupported(() -> storage.remove("k", version), "ATOMIC");
    assertUnsupported(() -> storage.put("k", "w", Duration.ofSeconds(1)), "EXPIRY");
    assertUnsupported(storage::purgeExpired, "EXPIRY");
    assertThat(storage.get("k")).contains("v");
  }

  private static void assertUnsupported(ThrowingCallable call, String capability) {
    assertThatThrownBy(call)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll(capability, "the test map");
  }

  @Test
  void capabilitiesAreThoseThatTheStoreDeclares() {
    assertThat(Storages.of(new AtomicMapByteStore(), Text.CODEC).capabilities())
        .containsExactly(Capability.ATOMIC);
    Storage<String> reasoned =
        Storages.of(
            new MapByteStore() {
              @Override
              public Capabilities capabilities() {
                return Capabilities.of(Capability.ATOMIC)
                    .without(Capability.ATOMIC, "the server ignores If-Match");
              }
            },
            Text.CODEC);
    assertThatThrownBy(() -> reasoned.putIfAbsent("k", "v"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("putIfAbsent", "ATOMIC", "the server ignores If-Match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud800", "a\udc00b"})
  void aStringThatCannotBeAKeyIsRefusedBeforeTheStoreIsTouched(String key) {
    store.failure = new IOException("the store was touched");
    assertThatThrownBy(() -> storage.get(key)).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> storage.put(key, "v")).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> storage.putAll(Map.of("ok", "v", key, "v")))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> storage.getAll(List.of("ok", key)))
        .isInstanceOf(InvalidKeyException.class);
    assertThat(storage.asMap().get(key)).isNull();
    assertThat(storage.asMap().containsKey(key)).isFalse();
  }

  @Test
  void theStoreSaysHowLongAKeyMayBe() {
    storage.put("é".repeat(127) + "e", "255 bytes");
    assertThatThrownBy(() -> storage.put("é".repeat(128), "256 bytes"))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContainingAll("256", "255");
  }

  @Test
  void aStoreWithBatchesIsAskedOnceAndItsFailuresAreCollected() {
    BatchStore batch = new BatchStore();
    Storage<String> storage = Storages.of(batch, Text.CODEC);
    storage.putAll(Map.of("a", "1", "b", "2"));
    assertThat(storage.getAll(List.of("b", "x", "a", "b")))
        .containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
    storage.removeAll(List.of("a", "a"));
    assertThat(batch.calls).isEqualTo(3);
    assertThat(
            catchThrowableOfType(
                    BatchException.class, () -> storage.putAll(Map.of("a", "1", "fails", "2")))
                .failures())
        .containsOnlyKeys("fails");
    assertThat(storage.get("a")).contains("1");
    assertThat(
            catchThrowableOfType(BatchException.class, () -> storage.getAll(List.of("a", "fails")))
                .getMessage())
        .contains("1 of 2", "'fails'");
    assertThatThrownBy(() -> storage.removeAll(List.of("a", "fails")))
        .isInstanceOf(BatchException.class);
    assertThat(storage.contains("a")).isFalse();
  }

  @Test
  void theFailuresOfABatchStandInTheOrderOfTheRequest() {
    BatchStore batch = new BatchStore();
    batch.bytes.put("bad", utf8("!"));
    batch.bytes.put("worse", utf8("!"));
    Storage<String> storage = Storages.of(batch, Text.CODEC);
    BatchException e =
        catchThrowableOfType(
            BatchException.class, () -> storage.getAll(List.of("worse", "fails", "bad")));
    assertThat(List.copyOf(e.failures().keySet())).containsExactly("worse", "fails", "bad");
    assertThat(e).hasMessageContaining("get 'worse'");
  }

  @Test
  void aBatchThatExpiresIsEncodedFirstAndEachKeyGetsTheTimeToLive() {
    Duration ttl = Duration.ofSeconds(3);
    ExpiringStore expiring = new ExpiringStore();
    Storage<String> storage = Storages.of(expiring, Text.CODEC);
    storage.putAll(Map.of("a", "1", "b", "2"), ttl);
    assertThat(expiring.ttls).isEqualTo(Map.of("a", ttl, "b", ttl));
    assertThatThrownBy(() -> storage.putAll(Map.of("c", "3", "d", "unencodable"), ttl))
        .isInstanceOf(CodecException.class);
    assertThat(
            catchThrowableOfType(
                    BatchException.class, () -> storage.putAll(Map.of("a", "4", "fails", "5"), ttl))
                .failures())
        .containsOnlyKeys("fails");
    assertThat(storage.get("a")).contains("4");
    assertThat(expiring.bytes).containsOnlyKeys("a", "b");
  }

  /** Notes times to live; the key "fails" fails. */
  private static final class ExpiringStore extends MapByteStore {
    final Map<String, @Nullable Duration> ttls = new HashMap<>();

    @Override
    public Capabilities capabilities() {
      return Capabilities.of(Capability.EXPIRY);
    }

    @Override
    public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
      if (key.equals("fails")) {
        throw new IOException("refused");
      }
      ttls.put(key, options.ttl());
      return super.write(key, value, options);
    }
  }

  /** Carries out batches; the key "fails" fails. */
  private static final class BatchStore extends MapByteStore {
    int calls;

    @Override
    public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
      calls++;
      Map<String, byte[]> found = new HashMap<>(bytes);
      found.keySet().retainAll(keys);
      refuse(keys, failed);
      return found;
    }

    @Override
    public void writeAll(
        Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed) {
      calls++;
      values.forEach(
          (key, value) -> {
            if (!key.equals("fails")) {
              bytes.put(key, value);
            }
          });
      refuse(values.keySet(), failed);
    }

    @Override
    public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
      calls++;
      keys.forEach(bytes::remove);
      refuse(keys, failed);
    }

    private static void refuse(Collection<String> keys, BiConsumer<String, Exception> failed) {
      if (keys.contains("fails")) {
        failed.accept("fails", new IOException("refused"));
      }
    }
  }

  @Test
  void theStoreIsReachedByUnwrapUnlessATransformStandsInFront() {
    assertThat(storage.unwrap(MapByteStore.class)).containsSame(store);
    assertThat(storage.unwrap(AtomicMapByteStore.class)).isEmpty();
    assertThat(Storages.of(store, Text.CODEC, List.of(new Tag("<"))).unwrap(MapByteStore.class))
        .isEmpty();
  }

  @Test
  void closingClosesTheStoreOnceAndEndsAllUse() {
    storage.close();
    storage.close();
    assertThat(store.closed).isTrue();
    assertThatThrownBy(() -> storage.get("k"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the test map is closed");
    assertThatThrownBy(() -> storage.put("k", "v")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(storage::keys).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> storage.asMap().size()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> storage.getAll(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> storage.unwrap(MapByteStore.class))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCodecThatEncodesToNullIsACodecFailure() {
    Storage<String> broken = Storages.of(store, Codec.of(value -> noBytes(), bytes -> "never"));
    assertThatThrownBy(() -> broken.put("k", "v"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("encoded bytes");
  }

  private static byte[] noBytes() {
    return null;
  }
}
