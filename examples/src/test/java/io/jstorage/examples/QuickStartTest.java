package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {
  /** Printed if the machine paused for longer than an entry lives. */
  static final String TOO_LATE =
      "in front of the files', went wrong: contains(\"some_key\") is false, but should be true";

  static final int ATTEMPTS = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StorageProvider provider = StorageProvider.load();

  private int run(String... args) throws Exception {
    int status = runOnce(args);
    for (int i = 1; i < ATTEMPTS && output().contains(TOO_LATE); i++) {
      bytes.reset();
      status = runOnce(args);
    }
    return status;
  }

  private int runOnce(String... args) throws Exception {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new QuickStart(out, provider, Duration.ofSeconds(2), false).run(args);
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyStepDoesWhatItSaysAndTheDirectoryIsRemoved() throws Exception {
    int status = run();
    assertThat(output())
        .contains("names() is [acme.heap, storage.disklru, storage.fallback, storage.json, ")
        .contains("storage.pickle, storage.pickle.gzip, ")
        .contains("storage.resilient, storage.s3, storage.serialized, ")
        .contains("put(\"some_key\", {text=Hello World!})")
        .contains("its content is {\"text\":\"Hello World!\"}")
        .contains("size() is 1")
        .contains("remove(\"some_key\") is true")
        .contains("get(\"some_key\") is Optional.empty")
        .contains("contains(\"second\") is false")
        .contains("the files are those of page-50 to page-149 is true")
        .contains("my.heap, as JSON in gzip")
        .endsWith("All 9 steps did what they say." + System.lineSeparator());
    assertThat(status).isZero();
    Matcher directory = Pattern.compile(" remove (.*jstorage-quickstart-.*)").matcher(output());
    assertThat(directory.find()).isTrue();
    assertThat(Path.of(directory.group(1))).doesNotExist();
  }

  @Test
  void aUrlRunsTheKeyValuePartAgainstThatStorage(@TempDir Path directory) throws Exception {
    int status = run("json:" + directory);
    assertThat(output())
        .contains("Store a value in", directory.toString(), "size() is 1", "Remove it")
        .doesNotContain("volatile storage")
        .endsWith("All 3 steps did what they say." + System.lineSeparator());
    assertThat(status).isZero();
  }

  @Test
  void theUrlsOfRedisAndS3RunToo() throws Exception {
    try (Servers servers = Servers.start()) {
      assertThat(run(servers.redisUrl().replace("redis:", "redis.json:"))).isZero();
      assertThat(run(servers.s3Url("quickstart/") + "&codec=json")).isZero();
      assertThat(output()).contains("Store a value in", "127.0.0.1", "s3://my-bucket/quickstart/");
    }
  }

  @Test
  void anEntryThatIsThereAlreadyIsNotTouched(@TempDir Path directory) throws Exception {
    String url = "json:" + directory;
    try (Storage<Object> storage = provider.open(url)) {
      storage.put(KeyValuePart.KEY, "precious");
    }
    assertThat(run(url)).isEqualTo(1);
    assertThat(output()).contains("contains(\"some_key\") is true, but should be false");
    try (Storage<Object> storage = provider.open(url)) {
      assertThat(storage.get(KeyValuePart.KEY)).hasValue("precious");
    }
  }

  @Test
  void anUnknownUrlIsExplained() throws Exception {
    assertThat(run("nosuch:/tmp")).isEqualTo(1);
    assertThat(output()).contains("FAILED: ").contains("nosuch").contains("json");
  }

  @Test
  void moreThanOneArgumentIsRefused() throws Exception {
    assertThat(run("lru:", "lru:")).isEqualTo(2);
    assertThat(output()).startsWith("Usage: ");
  }

  @Test
  void aBackendThatForgetsFailsItsStep() throws Exception {
    provider.register(new ForgetfulFactory("acme.heap"));
    assertThat(run()).isEqualTo(1);
    assertThat(output())
        .contains("FAILED: step 8, 'Use a backend of your own', went wrong")
        .contains("is Optional.empty, but should be Optional[{text=Hello World!}]");
  }

  @Test
  void theFilesAreCheckedToo() throws Exception {
    provider.register(new ForgetfulFactory(StorageProvider.STORAGE_JSON));
    assertThat(run()).isEqualTo(1);
    assertThat(output()).contains("FAILED: step 2, 'Store a value in nowhere', went wrong");
  }

  /** Says yes to everything and keeps nothing. */
  private static final class ForgetfulFactory extends ByteStoreFactory {
    private final String name;

    ForgetfulFactory(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of(Option.path("path"));
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
          return null;
        }

        @Override
        public boolean write(String key, byte[] value, WriteOptions options) {
          return true;
        }

        @Override
        public boolean delete(String key, Condition condition) {
          return true;
        }

        @Override
        public Stream<String> keys(String prefix) {
          return Stream.empty();
        }

        @Override
        public String toString() {
          return "nowhere";
        }
      };
    }
  }
}
