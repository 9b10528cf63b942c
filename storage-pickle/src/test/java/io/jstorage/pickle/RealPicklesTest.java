package io.jstorage.pickle;

import static io.jstorage.pickle.PythonValues.dict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles that Python 2.7 to 3.14 have written, in each protocol that they have. */
class RealPicklesTest {
  private static final byte[] E_ACUTE = "\u00e9".getBytes(StandardCharsets.UTF_8);

  static Set<String> read() {
    return PythonValues.READ.keySet();
  }

  static Set<String> python2() {
    return PythonValues.PYTHON2.keySet();
  }

  static Set<String> refused() {
    return PythonValues.REFUSED.keySet();
  }

  @Test
  void everyPickleIsEitherReadOrRefused() {
    Set<String> known = new LinkedHashSet<>(read());
    known.addAll(python2());
    known.addAll(refused());
    assertThat(RealPickles.ALL.stream().map(RealPickles::name).collect(Collectors.toSet()))
        .isEqualTo(known);
  }

  @Test
  void everyVersionAndProtocolIsThere() {
    String all =
        RealPickles.of("str_ascii").stream()
            .map(RealPickles::writers)
            .collect(Collectors.joining(";"));
    for (String protocol : List.of("0:", "1:", "2:")) {
      assertThat(all).contains(protocol + "2.7").contains(protocol + "3.6-3.14,2.7-3.14p");
    }
    assertThat(all).contains("3:3.6-3.14,3.6-3.14p", "4:3.6-3.14", "5:3.8-3.14");
  }

  @ParameterizedTest
  @MethodSource({"read", "python2"})
  void isReadAsTheTableSays(String name) throws IOException {
    Object expected =
        Objects.requireNonNull(
            PythonValues.READ.getOrDefault(name, PythonValues.PYTHON2.get(name)));
    List<RealPickles> pickles = RealPickles.of(name);
    assertThat(pickles).isNotEmpty();
    for (RealPickles pickle : pickles) {
      try {
        Same.assertSame(PickleCodec.untyped().decode(pickle.bytes()), expected);
      } catch (IOException | AssertionError e) {
        throw new AssertionError(pickle + ": " + e.getMessage(), e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(String name) {
    String[] reasons = Objects.requireNonNull(PythonValues.REFUSED.get(name)).split("\\|", -1);
    List<RealPickles> pickles = RealPickles.of(name);
    assertThat(pickles).isNotEmpty();
    for (RealPickles pickle : pickles) {
      assertThatThrownBy(() -> PickleCodec.untyped().decode(pickle.bytes()))
          .as(pickle.toString())
          .isInstanceOf(IOException.class)
          .message()
          .satisfiesAnyOf(
              message -> assertThat(message).contains(reasons[0]),
              message -> assertThat(message).contains(reasons[reasons.length - 1]));
    }
  }

  @Test
  void aDictKeepsItsOrder() throws IOException {
    for (RealPickles pickle : RealPickles.of("dict_in_order")) {
      Map<?, ?> dict = (Map<?, ?>) PickleCodec.untyped().decode(pickle.bytes());
      assertThat(List.copyOf(dict.keySet())).isEqualTo(List.of("z", "a", "m"));
    }
  }

  @Test
  void sharedObjectsStayShared() throws IOException {
    for (RealPickles pickle : RealPickles.of("list_shared")) {
      List<?> read = (List<?>) PickleCodec.untyped().decode(pickle.bytes());
      assertThat(read.get(0)).isSameAs(read.get(1));
      assertThat(((Map<?, ?>) read.get(2)).get("a")).isSameAs(read.get(0));
    }
  }

  private static Object python2(String name, Python2Strings strings) throws IOException {
    PickleCodec<Object> codec =
        PickleCodec.builder(TypeRef.of(Object.class)).python2(strings).build();
    Object first = codec.decode(RealPickles.of(name).get(0).bytes());
    for (RealPickles pickle : RealPickles.of(name)) {
      Same.assertSame(codec.decode(pickle.bytes()), first);
    }
    return first;
  }

  @Test
  void aStrOfPython2IsTextOfTheEncodingThatWasNamed() throws IOException {
    assertThat(python2("python2_binary", Python2Strings.UTF8)).isEqualTo("\u00e9");
    assertThat(python2("python2_binary", Python2Strings.LATIN1)).isEqualTo("\u00c3\u00a9");
    assertThat(python2("python2_binary_key", Python2Strings.UTF8))
        .isEqualTo(dict("\u00e9", Tuple.of("\u00e9")));
    assertThat(python2("python2_str", Python2Strings.UTF8)).isEqualTo("some text");
  }

  @Test
  void aStrOfPython2IsBytesWhereTheseAreWanted() throws IOException {
    assertThat(python2("python2_binary", Python2Strings.BYTES)).isEqualTo(E_ACUTE);
    Same.assertSame(
        python2("python2_binary_key", Python2Strings.BYTES),
        dict(ByteBuffer.wrap(E_ACUTE), Tuple.of(E_ACUTE)));
    // A unicode of Python 2 is text in any case.
    assertThat(python2("str_ascii", Python2Strings.BYTES)).isEqualTo("some text");
  }

  @Test
  void datesOfPython2AreReadWhateverItsStringsAre() throws IOException {
    for (Python2Strings strings : Python2Strings.values()) {
      for (String name : List.of("date", "datetime_max", "decimal", "uuid", "bytearray")) {
        Same.assertSame(python2(name, strings), PythonValues.READ.get(name));
      }
    }
  }
}
