package io.jstorage.pickle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.pickle.PickleCodec;
import io.jstorage.spi.CodecFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The codec as a provider meets it. */
class PickleCodecFactoryTest {
  private final PickleCodecFactory factory = new PickleCodecFactory();

  private Codec<Object> codec(String option, Object value) {
    return factory.create(TypeRef.of(Object.class), StorageOptions.of(option, value));
  }

  @Test
  void theCodecIsRegisteredUnderItsNameOnTheClassPath() {
    assertThat(ServiceLoader.load(CodecFactory.class))
        .filteredOn(each -> each.name().equals("pickle"))
        .singleElement()
        .isInstanceOf(PickleCodecFactory.class);
  }

  @Test
  void withoutOptionsItIsTheUntypedCodec() throws IOException {
    Codec<Object> codec = factory.create(TypeRef.of(Object.class), StorageOptions.none());
    assertThat(codec.encode(List.of(1L, "a")))
        .isEqualTo(PickleCodec.untyped().encode(List.of(1L, "a")));
    assertThat(codec.contentType()).isEqualTo("application/x-python-pickle");
  }

  @Test
  void everyOptionReachesTheCodec() throws IOException {
    List<Object> twenty = Collections.nCopies(20, "a");
    assertThatThrownBy(() -> codec("pickle.limit", "10").encode(twenty))
        .hasMessageContaining("more than 10 bytes");
    assertThatThrownBy(() -> codec("pickle.elements", "10").encode(twenty))
        .hasMessageContaining("more than 10 elements");
    assertThatThrownBy(() -> codec("pickle.depth", "1").encode(List.of(twenty)))
        .hasMessageContaining("more than 1 containers");
    byte[] three = HexFormat.of().parseHex("5d94284e944e94652e");
    assertThat(codec("pickle.memo", 3).decode(three)).isEqualTo(Collections.nCopies(2, null));
    assertThatThrownBy(() -> codec("pickle.memo", 2).decode(three))
        .hasMessageContaining("the memo has 2 at most");
    byte[] eAcute = HexFormat.of().parseHex("5502c3a92e");
    assertThat(codec("pickle.python2", "utf8").decode(eAcute)).isEqualTo("\u00e9");
    assertThat(codec("pickle.python2", "LATIN1").decode(eAcute)).isEqualTo("\u00c3\u00a9");
    assertThatThrownBy(() -> codec("pickle.python2", "ascii").decode(eAcute))
        .hasMessageContaining("pickle.python2");
  }

  @Test
  void optionsThatAreNoneAreRefused() {
    for (Option<?> option : factory.options()) {
      assertThat(option.name()).startsWith("pickle.");
      assertThat(option.description()).isNotBlank();
      assertThat(option.defaultValue()).isPresent();
      for (String wrong : List.of("0", "-1", "many", "")) {
        assertThatThrownBy(() -> codec(option.name(), wrong))
            .isInstanceOf(InvalidOptionException.class)
            .hasMessageContaining(option.name());
      }
    }
    assertThatThrownBy(() -> codec("pickle.depth", 1_001))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("from 1 to 1000");
  }

  @Test
  void aTypeThatNoPickleIsReadAsIsRefused() {
    assertThatThrownBy(() -> factory.create(TypeRef.of(Instant.class), StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(
            "the codec pickle cannot hold values of java.time.Instant: no pickle is read as java.time.Instant. The types are ");
  }
}
