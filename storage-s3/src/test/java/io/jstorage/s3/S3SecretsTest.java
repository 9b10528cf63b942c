package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** A secret is for the signature and for nobody's eyes. */
@Timeout(300)
class S3SecretsTest {
  private static final String SECRET = "jstorage+very/secret=KEY";
  private static final String WRONG = "another/very+secret=KEY";

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private final Logger root = Logger.getLogger("");
  private final LogOfEverything log = new LogOfEverything();
  private @Nullable Level usual;

  /** All that anything in this JVM logs. */
  private static final class LogOfEverything extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      lines.add(formatter.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    usual = root.getLevel();
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(Level.INFO);
    }
    root.setLevel(Level.ALL);
    log.setLevel(Level.ALL);
    root.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(log);
    root.setLevel(usual);
  }

  @Test
  void theLogOfTheSdkHasNoSecretInIt() {
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      storage.put("k", "v");
      storage.putIfAbsent("k", "w");
      assertThat(storage.get("k")).hasValue("v");
      bucket.proxy().once(Kind.GET, Fault.slowDown());
      bucket.proxy().once(Kind.GET, Fault.reset());
      assertThat(storage.get("k")).hasValue("v");
      storage.clear();
    }
    assertThat(log.lines).as("the SDK logs here").anyMatch(line -> line.contains("awssdk"));
    assertThat(log.lines).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void noFailureHasTheSecretInIt() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    for (Storage<String> storage :
        List.of(
            bucket.store().credentials("nobody", WRONG).storage(Codecs.text()),
            bucket
                .store(nowhere)
                .credentials("nobody", WRONG)
                .retries(0)
                .timeout(Duration.ofSeconds(2))
                .storage(Codecs.text()))) {
      assertThat(storage.toString()).doesNotContain(WRONG).contains(bucket.bucket());
      for (Consumer<Storage<String>> operation :
          List.<Consumer<Storage<String>>>of(
              s -> s.get("k"), s -> s.put("k", "v"), s -> s.remove("k"), Storage::size)) {
        Throwable failure = catchThrowable(() -> operation.accept(storage));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains(bucket.bucket()).doesNotContain(WRONG);
      }
      storage.close();
    }
    assertThat(log.lines).noneMatch(line -> line.contains(WRONG));
  }

  @Test
  void noOptionTellsTheSecret() {
    StorageOptions options =
        StorageOptions.of("bucket", "bucket", "accessKey", "key", "secretKey", SECRET)
            .with("region", "us-east-1");
    assertThat(options.toString()).doesNotContain(SECRET);
    StorageProvider provider = StorageProvider.load();
    for (String wrong :
        List.of(
            "s3://bucket/?secretKey=%s&region=&accessKey=key",
            "s3://bucket/?secretKey=%s&region=us-east-1",
            "s3://bucket/?secretKey=%s&accessKey=key&nonsense=1",
            "s3://bucket/?secretKey=%s&accessKey=key&endpoint=nonsense",
            "s3://bucket/?endpoint=https://key:%s@s3.example.org",
            "s3://key:%s@bucket/",
            "s3:///?secretKey=%s",
            "s3://?secretKey=%s&accessKey=key",
            "s3://bucket/?secretKey=%s&accessKey=key&timeout=soon")) {
      for (String secret : List.of("plainsecret", "very%2Fsecret%2BKEY")) {
        Throwable failure = catchThrowable(() -> provider.open(wrong.formatted(secret)));
        StringWriter trace = new StringWriter();
        if (failure != null) {
          failure.printStackTrace(new PrintWriter(trace));
        }
        assertThat(trace.toString())
            .as(wrong)
            .isNotEmpty()
            .doesNotContain(secret)
            .doesNotContain("very/secret+KEY");
      }
    }
    try (Storage<Object> storage = provider.create("storage.s3", options)) {
      assertThat(storage.toString()).doesNotContain(SECRET);
      assertThat(storage.unwrap(S3Store.class).map(Object::toString).orElse(""))
          .doesNotContain(SECRET);
    }
  }

  @Test
  void theNameOfAStoreHasNoUserInIt() {
    for (String endpoint : List.of("http://key:%s@127.0.0.1:1", "http://%s@127.0.0.1:1")) {
      try (S3Client client =
              S3Clients.of(
                  URI.create(endpoint.formatted("plainsecret")), "us-east-1", "key", SECRET);
          S3Store store = S3Store.in("bucket").client(client).open()) {
        assertThat(store.toString()).contains("127.0.0.1:1").doesNotContain("plainsecret");
      }
    }
  }
}
