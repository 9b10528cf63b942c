package io.jstorage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.spi.CodecFactory;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs as a provider finds and makes them. */
class CodecFactoriesTest {
  private static final TypeRef<Object> ANYTHING = TypeRef.of(Object.class);

  private record Point(int x, int y) {}

  private static CodecFactory codec(String name) {
    return ServiceLoader.load(CodecFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals(name))
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
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "text"})
  void theyHaveNoOptions(String name) {
    assertThat(codec(name).options()).isEmpty();
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
}
