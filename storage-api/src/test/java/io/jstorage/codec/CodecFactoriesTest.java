package io.jstorage.codec;

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
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs and the transform as a provider finds and makes them. */
class CodecFactoriesTest {
  private static final TypeRef<Object> ANYTHING = TypeRef.of(Object.class);

  private record Point(int x, int y) implements Serializable {}

  private static CodecFactory codec(String name) {
    return ServiceLoader.load(CodecFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals(name))
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

  private static <S> void assertDeclaredAlike(Class<S> service) throws Exception {
    Path classes =
        Path.of(Codecs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> inModule =
        ModuleFinder.of(classes).find("io.jstorage").orElseThrow().descriptor().provides().stream()
            .filter(provides -> provides.service().equals(service.getName()))
            .flatMap(provides -> provides.providers().stream())
            .collect(Collectors.toSet());
    Set<String> onClassPath =
        ServiceLoader.load(service).stream()
            .map(provider -> provider.type().getName())
            .filter(name -> name.startsWith("io.jstorage.internal."))
            .collect(Collectors.toSet());
    assertThat(onClassPath).isNotEmpty().isEqualTo(inModule);
  }

  @Test
  void classPathAndModulePathFindTheSame() throws Exception {
    assertDeclaredAlike(CodecFactory.class);
    assertDeclaredAlike(ByteTransformFactory.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "text", "serialized"})
  void optionsAreNamedAfterTheCodecAndDescribed(String name) {
    assertThat(codec(name).options())
        .allSatisfy(
            option -> {
              assertThat(option.name()).startsWith(name + ".");
              assertThat(option.description()).isNotEmpty();
              assertThat(option.defaultValue()).isPresent();
            });
  }

  @Test
  void bytesAndTextKeepTheirOwnType() throws IOException {
    Codec<String> text = codec("text").create(TypeRef.of(String.class), StorageOptions.none());
    Codec<byte[]> bytes = codec("bytes").create(TypeRef.of(byte[].class), StorageOptions.none());
    assertThat(text.decode(text.encode("x"))).isEqualTo("x");
    assertThat(bytes.decode(bytes.encode(new byte[] {1}))).containsExactly(1);
  }

  @Test
  void bytesAndTextRefuseAnotherTypeAndNameTheWayOut() {
    assertThatThrownBy(() -> codec("text").create(TypeRef.of(Point.class), StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(
            "'text'", "String", Point.class.getName(), "'json'", "'serialized'");
    assertThatThrownBy(
            () -> codec("bytes").create(new TypeRef<List<String>>() {}, StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'bytes'", "byte[]", "java.util.List<java.lang.String>");
  }

  @Test
  void aStorageOfObjectsTakesObjectsOfTheCodecsTypeOnly() throws IOException {
    Codec<Object> text = codec("text").create(ANYTHING, StorageOptions.none());
    assertThat(text.decode(text.encode("x"))).isEqualTo("x");
    assertThat(text.contentType()).startsWith("text/plain");
    assertThatThrownBy(() -> text.encode(5))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("'text'", "String", "'json'");
    Codec<Object> bytes = codec("bytes").create(ANYTHING, StorageOptions.none());
    assertThat(bytes.decode(bytes.encode(new byte[] {1}))).isEqualTo(new byte[] {1});
    assertThatThrownBy(() -> bytes.encode("x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("'bytes'", "byte[]");
  }

  @Test
  void serializedAllowsWhatTheOptionNames() throws IOException {
    Codec<Object> strict = codec("serialized").create(ANYTHING, StorageOptions.none());
    assertThatThrownBy(() -> strict.encode(new Point(1, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(Point.class.getName(), "serialized.allow");
    Codec<Object> open =
        codec("serialized")
            .create(
                ANYTHING,
                StorageOptions.of(
                    "serialized.allow", "com.acme.Unknown, " + Point.class.getName()));
    assertThat(open.decode(open.encode(new Point(1, 2)))).isEqualTo(new Point(1, 2));
  }

  @Test
  void serializedTakesALimit() throws IOException {
    Codec<Object> small =
        codec("serialized").create(ANYTHING, StorageOptions.of("serialized.limit", "100"));
    assertThat(small.decode(small.encode("x"))).isEqualTo("x");
    assertThatThrownBy(() -> small.encode("x".repeat(100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("serialized.limit");
    assertThatThrownBy(
            () -> codec("serialized").create(ANYTHING, StorageOptions.of("serialized.limit", 0)))
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
            () ->
                codec("serialized").create(ANYTHING, StorageOptions.of("serialized.allow", entry)))
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
