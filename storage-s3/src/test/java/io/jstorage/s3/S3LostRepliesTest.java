package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server does what it is asked for, and the connection breaks before it can say so. */
@Timeout(300)
class S3LostRepliesTest {
  /** Of each kind of write, with each of the things that may follow. */
  private static final int TIMES = Boolean.getBoolean("jstorage.s3.full") ? 50 : 10;

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private Storage<String> storage;
  private Storage<String> other;

  /** A write. It returns whether it was carried out, as far as the storage reports that. */
  private enum Write {
    PUT_NEW(Kind.PUT, null) {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        storage.put(key, "mine");
        return true;
      }
    },
    OVERWRITE(Kind.PUT, "old") {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        storage.put(key, "mine");
        return true;
      }
    },
    PUT_IF_ABSENT(Kind.PUT, null) {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        return storage.putIfAbsent(key, "mine");
      }
    },
    REPLACE(Kind.PUT, "old") {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        return storage.replace(key, Objects.requireNonNull(version), "mine");
      }
    },
    REMOVE(Kind.DELETE, "old") {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        return storage.remove(key);
      }
    },
    REMOVE_BY_VERSION(Kind.DELETE, "old") {
      @Override
      boolean run(Storage<String> storage, String key, @Nullable Version version) {
        return storage.remove(key, Objects.requireNonNull(version));
      }
    };

    final Kind kind;
    final @Nullable String before;

    Write(Kind kind, @Nullable String before) {
      this.kind = kind;
      this.before = before;
    }

    abstract boolean run(Storage<String> storage, String key, @Nullable Version version);

    @Nullable String after() {
      return kind == Kind.DELETE ? null : "mine";
    }
  }

  /** An event between the write and its retry. */
  private enum Event {
    NOTHING,
    PUT_BY_ANOTHER,
    REMOVE_BY_ANOTHER,
    REPLACE_BY_ANOTHER;

    /** Makes it happen, and returns what is there from then on. */
    @Nullable String happen(Storage<String> other, String key, @Nullable String value) {
      switch (this) {
        case PUT_BY_ANOTHER -> {
          other.put(key, "another's");
          return "another's";
        }
        case REMOVE_BY_ANOTHER -> {
          other.remove(key);
          return null;
        }
        case REPLACE_BY_ANOTHER -> {
          Entry<String> entry = other.entry(key).orElse(null);
          return entry != null && other.replace(key, entry.version().orElseThrow(), "another's")
              ? "another's"
              : value;
        }
        default -> {
          return value;
        }
      }
    }
  }

  @BeforeEach
  void open() {
    storage = bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text());
    other = bucket.store(bucket.server()).conditional(Conditional.ASSERT).storage(Codecs.text());
  }

  @AfterEach
  void close() {
    storage.close();
    other.close();
  }

  @Test
  void nothingIsResurrectedOrReportedWrongly() {
    int written = 0;
    int unknown = 0;
    for (Write write : Write.values()) {
      for (Event event : Event.values()) {
        for (int i = 0; i < TIMES; i++) {
          if (loseReplyOf(write, event, "%s %s %d".formatted(write, event, i))) {
            written++;
          } else {
            unknown++;
          }
        }
      }
    }
    assertThat(written).as("writes whose outcome could be told").isPositive();
    assertThat(unknown).as("writes whose outcome could not be told").isPositive();
  }

  /** Returns whether the write was reported as done, or else as one of unknown outcome. */
  private boolean loseReplyOf(Write write, Event event, String key) {
    Version version = prepare(write, key);
    String[] last = new String[1];
    bucket
        .proxy()
        .once(
            write.kind,
            Fault.dropReplyAfter(() -> last[0] = event.happen(other, key, write.after())));
    boolean done;
    try {
      done = write.run(storage, key, version);
      assertThat(done).as("%s was done", key).isTrue();
    } catch (StorageException e) {
      assertThat(e.outcomeUnknown()).as("the outcome of %s", key).isTrue();
      done = false;
    }
    assertThat(other.get(key).orElse(null)).as(key).isEqualTo(last[0]);
    if (event == Event.NOTHING && write.kind == Kind.PUT) {
      assertThat(done).as("the outcome of %s could be told", key).isTrue();
    }
    return done;
  }

  private @Nullable Version prepare(Write write, String key) {
    if (write.before == null) {
      return null;
    }
    other.put(key, write.before);
    return other.entry(key).flatMap(Entry::version).orElseThrow();
  }

  @Test
  void aWriteThatNeverArrivedIsNotReportedAsDone() {
    for (Write write : Write.values()) {
      String key = write.toString();
      Version version = prepare(write, key);
      bucket.proxy().once(write.kind, Fault.reset());
      boolean unknown = false;
      try {
        assertThat(write.run(storage, key, version)).as(key).isFalse();
      } catch (StorageException e) {
        unknown = e.outcomeUnknown();
      }
      assertThat(unknown).as("%s, of which the server may yet hear", key).isTrue();
      assertThat(other.get(key).orElse(null)).as(key).isEqualTo(write.before);
    }
  }

  @Test
  void anUploadThatWasCompletedIsNotReportedAsFailed() throws IOException {
    byte[] large = new byte[20 << 20];
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    for (Fault fault :
        List.of(
            Fault.dropReply(),
            Fault.errorAfterApplying(500, "InternalError"),
            Fault.errorAfterApplying(503, "SlowDown"))) {
      bucket.proxy().once(Kind.COMPLETE_UPLOAD, fault);
      streams.writeStream("k", new ByteArrayInputStream(large), WriteOptions.NONE);
      assertThat(other.remove("k")).isTrue();
    }
    bucket
        .proxy()
        .once(Kind.COMPLETE_UPLOAD, Fault.dropReplyAfter(() -> other.put("k", "another's")));
    assertThatThrownBy(
            () -> streams.writeStream("k", new ByteArrayInputStream(large), WriteOptions.NONE))
        .isInstanceOf(IOException.class);
    assertThat(other.get("k")).hasValue("another's");
  }

  /** Some servers say "try again" when it was not they who failed, but somebody behind them. */
  @Test
  void anErrorAfterTheWorkIsNoReasonToDoItTwice() {
    for (Fault error :
        new Fault[] {
          Fault.errorAfterApplying(500, "InternalError"),
          Fault.errorAfterApplying(503, "SlowDown"),
          Fault.errorAfterApplying(502, "BadGateway")
        }) {
      for (Write write : Write.values()) {
        String key = write + " " + System.identityHashCode(error);
        Version version = prepare(write, key);
        bucket.proxy().once(write.kind, error);
        try {
          assertThat(write.run(storage, key, version)).as("%s was done", key).isTrue();
        } catch (StorageException e) {
          assertThat(e.outcomeUnknown()).as("the outcome of %s", key).isTrue();
        }
        assertThat(other.get(key).orElse(null)).as(key).isEqualTo(write.after());
      }
    }
  }
}
