package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import java.io.IOException;
import java.io.Serializable;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec and the transform as a provider finds and makes them. */
class JdkFactoriesTest {
  private static final TypeRef<Object> ANYTHING = TypeRef.of(Object.class);

  private record Point(int x, int y) implements Serializable {}

  private static CodecFactory serialized() {
    return ServiceLoader.load(CodecFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals("serialized"))
        .findFirst()
        .orElseThrow();
  }

  private static ByteTransformFactory gzip() {
    return ServiceLoader.load(ByteTransformFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals("gzip"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void optionsAreNamedAfterTheCodecAndDescribed() {
    assertThat(serialized().options())
        .isNotEmpty()
        .allSatisfy(
            option -> {
              assertThat(option.name()).startsWith("serialized.");
              assertThat(option.description()).isNotEmpty();
              assertThat(option.defaultValue()).isPresent();
            });
  }

  @Test
  void serializedAllowsWhatTheOptionNames() throws IOException {
    Codec<Object> strict = serialized().create(ANYTHING, StorageOptions.none());
    assertThatThrownBy(() -> strict.encode(new Point(1, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(Point.class.getName(), "serialized.allow");
    Codec<Object> open =
        serialized()
            .create(
                ANYTHING,
                StorageOptions.of(
                    "serialized.allow", "com.acme.Unknown, " + Point.class.getName()));
    assertThat(open.decode(open.encode(new Point(1, 2)))).isEqualTo(new Point(1, 2));
  }

  @Test
  void serializedTakesALimit() throws IOException {
    Codec<Object> small =
        serialized().create(ANYTHING, StorageOptions.of("serialized.limit", "100"));
    assertThat(small.decode(small.encode("x"))).isEqualTo("x");
    assertThatThrownBy(() -> small.encode("x".repeat(100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("serialized.limit");
    assertThatThrownBy(
            () -> serialized().create(ANYTHING, StorageOptions.of("serialized.limit", 0)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("at least 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "**",
        "com.acme.In*",
        "com..acme",
        "!com.acme.A",
        "maxdepth=100",
        "a;b",
        "1x"
      })
  void serializedRefusesWhatNamesNeitherClassNorPackage(String entry) {
    assertThatThrownBy(
            () -> serialized().create(ANYTHING, StorageOptions.of("serialized.allow", entry)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("serialized.allow", "'" + entry + "'", "com.acme.*");
  }

  @Test
  void gzipTakesLevelLimitAndRatio() throws IOException {
    assertThat(gzip().options())
        .extracting(Option::name)
        .containsExactlyInAnyOrder("gzip.level", "gzip.limit", "gzip.ratio");
    ByteTransform stored = gzip().create(StorageOptions.of("gzip.level", 0, "gzip.limit", "99"));
    assertThat(stored.apply("k", new byte[99]).length).isGreaterThan(99);
    assertThatThrownBy(() -> stored.apply("k", new byte[100])).isInstanceOf(IOException.class);
    ByteTransform patient = gzip().create(StorageOptions.of("gzip.ratio", 2000));
    assertThat(patient.invert("k", Gzip.zip(new byte[2 << 20]))).hasSize(2 << 20);
  }

  @ParameterizedTest
  @CsvSource({"gzip.level, 10", "gzip.level, -1", "gzip.limit, 0", "gzip.ratio, 9"})
  void gzipRefusesWhatIsOutOfRange(String name, String value) {
    StorageOptions options = StorageOptions.of(name, value);
    assertThatThrownBy(() -> gzip().create(options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(name, value);
  }

  @ParameterizedTest
  @CsvSource({"gzip.level, 0", "gzip.level, 9", "gzip.limit, 1", "gzip.ratio, 10"})
  void gzipTakesTheEndsOfTheRanges(String name, String value) throws IOException {
    ByteTransform transform = gzip().create(StorageOptions.of(name, value));
    assertThat(transform.invert("k", transform.apply("k", new byte[1]))).hasSize(1);
  }
}
