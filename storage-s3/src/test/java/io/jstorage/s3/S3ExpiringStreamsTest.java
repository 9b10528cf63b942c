package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Streams that take longer than what they bring may live. */
@Timeout(300)
class S3ExpiringStreamsTest {
  private static final int PART = 5 << 20;
  private static final Duration TTL = Duration.ofMinutes(1);

  @RegisterExtension final TestBucket bucket = new TestBucket();
  @TempDir Path directory;

  private final SettableClock clock = new SettableClock();

  private Storage<byte[]> open() {
    return Storages.of(
        bucket
            .store()
            .expiration(TTL)
            .clock(clock)
            .open(new StreamUploads.Lengths(PART, PART + 100)),
        Codecs.bytes());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A source that takes two times to live. */
  private InputStream slow(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        if (got < 0) {
          clock.advance(TTL.multipliedBy(2));
        }
        return got;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {10, PART, PART + 100, 2 * PART + 5})
  void theTimeToLiveOfAStreamBeginsAtItsEnd(int length) {
    byte[] bytes = bytes(length);
    try (Storage<byte[]> storage = open()) {
      storage.streams().orElseThrow().write("k", slow(bytes));
      Entry<byte[]> entry = storage.entry("k").orElseThrow();
      assertThat(entry.value()).isEqualTo(bytes);
      assertThat(entry.expiresAt()).contains(clock.instant().plus(TTL));
      clock.advance(TTL.minusNanos(1));
      assertThat(storage.contains("k")).isTrue();
      clock.advance(Duration.ofNanos(1));
      assertThat(storage.contains("k")).isFalse();
      assertThat(storage.purgeExpired()).isEqualTo(1);
    }
    assertThat(names()).as("what is left on the server").isEmpty();
  }

  private java.util.List<String> names() {
    return bucket
        .client()
        .listObjectsV2(list -> list.bucket(bucket.bucket()).prefix(bucket.folder()))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void aTimeToLiveOfItsOwnBeginsAtTheEndToo() throws IOException {
    Path file = Files.write(directory.resolve("file"), bytes(PART + 7));
    Duration own = Duration.ofHours(3);
    try (Storage<byte[]> storage = open()) {
      storage.streams().orElseThrow().write("k", slow(bytes(PART + 7)), own);
      assertThat(storage.entry("k").orElseThrow().expiresAt()).contains(clock.instant().plus(own));
      storage.streams().orElseThrow().writeFile("l", file, own);
      assertThat(storage.require("l")).isEqualTo(bytes(PART + 7));
      assertThat(storage.entry("l").orElseThrow().expiresAt()).contains(clock.instant().plus(own));
    }
  }

  @Test
  void aCopyThatFailsLeavesTheOldValueAndNothingElse() {
    try (Storage<byte[]> storage = open()) {
      storage.put("k", bytes(1));
      for (Kind kind : new Kind[] {Kind.COPY, Kind.PUT_PART, Kind.COMPLETE_UPLOAD}) {
        bucket.proxy().once(kind, Fault.error(403, "AccessDenied"));
        assertThatThrownBy(
                () ->
                    storage
                        .streams()
                        .orElseThrow()
                        .write("k", new ByteArrayInputStream(bytes(PART + 1))))
            .isInstanceOf(StorageException.class);
        assertThat(storage.require("k")).isEqualTo(bytes(1));
        assertThat(names()).as("after a failed %s", kind).hasSize(1);
      }
      bucket.proxy().once(Kind.COPY, Fault.dropReply());
      storage.streams().orElseThrow().write("k", new ByteArrayInputStream(bytes(PART + 1)));
      assertThat(storage.require("k")).isEqualTo(bytes(PART + 1));
    }
  }
}
