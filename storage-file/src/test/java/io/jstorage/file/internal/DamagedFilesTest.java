package io.jstorage.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.testkit.MemoryDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files whose bytes are not those that were written. */
@Timeout(300)
class DamagedFilesTest {
  private static final int FILE_BYTES = 300;
  private static final int RANDOM_FILES = 2_500;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private enum Service {
    JSON("storage.json", ".storage.json", false),
    SERIALIZED("storage.serialized", ".storage.ser", false),
    SERIALIZED_GZIP("storage.serialized.gzip", ".storage.ser.gz", true),
    PICKLE("storage.pickle", ".storage.pkl", false),
    PICKLE_GZIP("storage.pickle.gzip", ".storage.pkl.gz", true),
    DISK_LRU("storage.disklru", ".storage.lru", false);

    private final String name;
    private final String suffix;
    private final boolean hasChecksum;

    Service(String name, String suffix, boolean hasChecksum) {
      this.name = name;
      this.suffix = suffix;
      this.hasChecksum = hasChecksum;
    }
  }

  private Storage<Object> open(Service service) {
    return StorageProvider.load()
        .create(service.name, StorageOptions.of("path", directory, "durability", "none"));
  }

  private Path file(Service service) {
    return directory.resolve("damaged" + service.suffix);
  }

  /** Text that does not compress much, as long as its file has about so many bytes. */
  private static String value(Service service) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < (service.hasChecksum ? FILE_BYTES + 50 : FILE_BYTES)) {
      text.append((char) random.nextInt(' ' + 3, '~'));
    }
    return text.toString();
  }

  /** A new file each time: ext4 forces an old one to the disk that is cut to nothing. */
  private static void overwrite(Path file, byte[] bytes) throws IOException {
    Files.delete(file);
    Files.write(file, bytes);
  }

  /** Reads the damaged entry: its value, or null if it is said to be damaged. */
  private static @Nullable Object read(Storage<Object> storage) {
    try {
      return storage.get("damaged").orElseThrow();
    } catch (CodecException e) {
      assertThat(e).hasMessageContaining("damaged");
      return null;
    }
  }

  private static void assertOthersUnharmed(Storage<Object> storage) {
    assertThat(storage.get("other")).hasValue("unharmed");
    assertThat(storage.contains("damaged")).isTrue();
    try (Stream<String> keys = storage.keys()) {
      assertThat(keys).containsExactlyInAnyOrder("damaged", "other");
    }
  }

  private static void assertRepairedByPut(Storage<Object> storage) {
    storage.put("damaged", "repaired");
    assertThat(storage.get("damaged")).hasValue("repaired");
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void noBitAndNoLengthThatIsWrongHarmsOthersOrStays(Service service) throws IOException {
    String value = value(service);
    try (Storage<Object> storage = open(service)) {
      storage.put("other", "unharmed");
      storage.put("damaged", value);
      byte[] whole = Files.readAllBytes(file(service));
      assertThat(whole.length).isBetween(FILE_BYTES - 20, FILE_BYTES + 80);
      int refused = 0;
      for (int bit = 0; bit < whole.length * 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        overwrite(file(service), flipped);
        Object seen = read(storage);
        refused += seen == null ? 1 : 0;
        if (service.hasChecksum && seen != null) {
          assertThat(seen).as("bit %d", bit).isEqualTo(value);
        }
      }
      assertThat(refused).as("flipped bits that were noticed").isPositive();
      for (int length = 0; length < whole.length; length++) {
        overwrite(file(service), Arrays.copyOf(whole, length));
        assertThat(read(storage)).as("cut to %d", length).isNull();
      }
      assertOthersUnharmed(storage);
      assertRepairedByPut(storage);
    }
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void randomFilesHarmNobody(Service service) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    try (Storage<Object> storage = open(service)) {
      storage.put("other", "unharmed");
      storage.put("damaged", value(service));
      byte[] whole = Files.readAllBytes(file(service));
      for (int i = 0; i < RANDOM_FILES; i++) {
        byte[] bytes = new byte[random.nextInt(FILE_BYTES)];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          // Or most of them are refused for their first bytes.
          int begin = random.nextInt(bytes.length + 1);
          System.arraycopy(whole, 0, bytes, 0, Math.min(begin, whole.length));
        }
        overwrite(file(service), bytes);
        Object seen = read(storage);
        if (seen != null) {
          assertThat(service.hasChecksum).as("a checksum by chance").isFalse();
        }
      }
      assertOthersUnharmed(storage);
      assertRepairedByPut(storage);
    }
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void anotherKeysFileUnderThisNameIsReadAsWhatItIs(Service service) throws IOException {
    try (Storage<Object> storage = open(service)) {
      storage.put("other", "unharmed");
      storage.put("damaged", "a value");
      Files.write(file(service), Files.readAllBytes(directory.resolve("other" + service.suffix)));
      assertThat(storage.get("damaged")).hasValue("unharmed");
      Files.write(file(service), "{\"text\":\"by hand\"}".getBytes(StandardCharsets.UTF_8));
      assertThat(read(storage) == null).isEqualTo(service != Service.JSON);
    }
  }
}
