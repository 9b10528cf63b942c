package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password goes where it is meant to go, and nowhere else. */
class SecurityTest {
  private static final String SECRET = "hunter2S3cr3t";

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS =
      ServerExtension.of(() -> RedisServer.builder().password(SECRET).start());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:" + SECRET + "@127.0.0.1:notaport/0",
        "redis://user:" + SECRET + "@127.0.0.1:99999/0",
        "redis://user:" + SECRET + "@127.0.0.1:0",
        "redis://user:" + SECRET + "@127.0.0.1/notanumber",
        "redis://user:" + SECRET + "@127.0.0.1/-1",
        "redis://user:" + SECRET + "@127.0.0.1/0/1",
        "redis://user:" + SECRET + "@[::1",
        "redis://user:" + SECRET + "%zz@127.0.0.1",
        "redis://user:" + SECRET + "/x@127.0.0.1",
        "redis://user:" + SECRET + "?x@127.0.0.1",
        "redis://user:" + SECRET + "@host name",
        "redis://user:" + SECRET + "@127.0.0.1?nmespace=x",
        "redis://user:" + SECRET + "@127.0.0.1?timeout=never",
        "redis://user:" + SECRET + "@127.0.0.1?password=" + SECRET,
        "redis://127.0.0.1?password=" + SECRET + "&password=" + SECRET,
        "redis://127.0.0.1?port=1&pasword=" + SECRET,
        "redis:user:" + SECRET + "@127.0.0.1",
        "rediss:///" + SECRET + "@x",
        "redis.json://user:" + SECRET + "@127.0.0.1:notaport/0",
        "rediss.json://user:" + SECRET + "@127.0.0.1:notaport/0",
        "redisx://user:" + SECRET + "@127.0.0.1/0",
        "redis-socket://user:" + SECRET + "@127.0.0.1/0",
        "redis+tls://user:" + SECRET + "@127.0.0.1/0",
        "http://user:" + SECRET + "@127.0.0.1/0",
        "//user:" + SECRET + "@127.0.0.1/0"
      })
  void aUrlThatCannotBeUsedIsRefusedWithoutShowingItsPassword(String url) throws Exception {
    StorageException[] caught = new StorageException[1];
    String logged =
        outputOf(
            () ->
                caught[0] =
                    Opened.failure(
                        () -> {
                          try (Storage<String> storage = Opened.url(url)) {
                            storage.get("k");
                          }
                        }));
    assertThat(caught[0]).isNotInstanceOf(StorageUnavailableException.class);
    Secrets.assertHidden(caught[0], SECRET);
    assertThat(logged).doesNotContain(SECRET);
  }

  @Test
  void aStorageThatWorksAndThenFailsShowsNoPassword() throws Exception {
    try (RedisServer server = RedisServer.builder().password(SECRET).start()) {
      StringBuilder shown = new StringBuilder();
      String logged =
          outputOf(
              () -> {
                StorageOptions options =
                    Opened.at(server.port()).with("password", SECRET).with("timeout", "300ms");
                shown.append(options);
                try (Storage<String> storage = Opened.patiently(options)) {
                  Opened.patiently(() -> storage.put("k", "v"));
                  shown.append(storage);
                  storage.unwrap(Object.class).ifPresent(shown::append);
                  server.kill();
                  Secrets.assertHidden(Opened.failure(() -> storage.put("k", "w")), SECRET);
                  Secrets.assertHidden(Opened.failure(() -> storage.get("k")), SECRET);
                  Secrets.assertHidden(Opened.failure(storage::size), SECRET);
                }
              });
      assertThat(shown.toString()).contains("127.0.0.1").doesNotContain(SECRET);
      assertThat(logged).doesNotContain(SECRET);
    }
  }

  @Test
  void aWrongPasswordInAUrlIsNotShown() throws Exception {
    String url = "redis://:wrong%s@127.0.0.1:%d".formatted(SECRET, REDIS.get().port());
    String logged =
        outputOf(
            () ->
                Secrets.assertHidden(
                    Opened.failure(
                        () -> {
                          try (Storage<String> storage = Opened.url(url)) {
                            storage.get("k");
                          }
                        }),
                    SECRET));
    assertThat(logged).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis.example.com", "10.1.2.3", "192.168.0.1", "2001:db8::1", "0.0.0.0"})
  void aPasswordInPlaintextToAnotherMachineIsRefusedBeforeAnythingIsSent(String host) {
    StorageException failure =
        Opened.failureToReach(StorageOptions.of("host", host, "password", SECRET));
    assertThat(failure).isInstanceOf(InvalidOptionException.class);
    assertThat(failure).hasMessageContaining("tls");
    Secrets.assertHidden(failure, SECRET);
    String authority = host.contains(":") ? "[" + host + "]" : host;
    assertThat(Opened.failure(() -> Opened.url("redis://:" + SECRET + "@" + authority)))
        .isInstanceOf(InvalidOptionException.class);
  }

  @Test
  void aPasswordInPlaintextToAnotherMachineIsSentWhenThatIsAllowed() {
    StorageOptions options =
        StorageOptions.of("host", "no-such-host.invalid", "password", SECRET)
            .with("plaintext", true);
    StorageException failure = Opened.failureToReach(options);
    assertThat(failure).isInstanceOf(StorageUnavailableException.class);
    Secrets.assertHidden(failure, SECRET);
  }

  @Test
  void aPasswordInPlaintextToSentinelsAndNodesElsewhereIsRefusedToo() {
    assertThat(
            Opened.failureToReach(
                StorageOptions.of(
                    "sentinels", "10.1.2.3:26379", "master", "m", "password", SECRET)))
        .isInstanceOf(InvalidOptionException.class);
    assertThat(
            Opened.failureToReach(
                StorageOptions.of("cluster", "127.0.0.1:7000,10.1.2.3:7000", "password", SECRET)))
        .isInstanceOf(InvalidOptionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void aPasswordInPlaintextToThisMachineIsSent(String host) {
    try (Storage<String> storage =
        Opened.url("redis://:%s@%s:%d?timeout=30s".formatted(SECRET, host, REDIS.get().port()))) {
      storage.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redisx://127.0.0.1",
        "redis+tls://127.0.0.1",
        "redis-sentinel://127.0.0.1",
        "valkey://127.0.0.1",
        "redisss://127.0.0.1",
        "tls://127.0.0.1"
      })
  void anUnknownSchemeIsRefusedAndNotTakenForPlaintext(String url) {
    assertThat(Opened.failure(() -> Opened.url(url)))
        .isNotInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining(url.substring(0, url.indexOf(':')));
  }

  /** All that a task writes to the console and to java.util.logging, at its finest. */
  private static String outputOf(Runnable task) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(output, true, UTF_8);
    PrintStream out = System.out;
    PrintStream err = System.err;
    Logger root = Logger.getLogger("");
    Level level = root.getLevel();
    Handler handler = new Collecting(stream);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    System.setOut(stream);
    System.setErr(stream);
    try {
      task.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.setLevel(level);
      root.removeHandler(handler);
    }
    return output.toString(UTF_8);
  }

  private static final class Collecting extends Handler {
    private final PrintStream stream;

    Collecting(PrintStream stream) {
      this.stream = stream;
      setLevel(Level.ALL);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord entry) {
      stream.print(getFormatter().format(entry));
    }

    @Override
    public void flush() {
      stream.flush();
    }

    @Override
    public void close() {}
  }
}
