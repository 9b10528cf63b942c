package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import io.jstorage.jvm.OtherJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileJsonTest {
  record Node(@Nullable String name, @Nullable List<Node> children, @Nullable Object any) {}

  static List<JsonCodec<?>> codecs() {
    return List.of(
        JsonCodec.untyped(), JsonCodec.of(Node.class), JsonCodec.of(new TypeRef<List<Node>>() {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void noJsonAtAllIsRefused(String json) {
    for (JsonCodec<?> codec : codecs()) {
      assertThatThrownBy(() -> Json.read(codec, json))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no JSON");
    }
  }

  @Test
  void nullIsNeitherReadNorWritten() {
    for (JsonCodec<?> codec : codecs()) {
      assertThatThrownBy(() -> Json.read(codec, " null "))
          .isInstanceOf(IOException.class)
          .hasMessage("the JSON is null, which is never a value");
    }
    var codec = JsonCodec.of(new TypeRef<Optional<String>>() {});
    assertThatThrownBy(() -> Json.read(codec, "null")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> codec.encode(Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage("its JSON is null, which is never a value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1",
        "[1,",
        "\"a",
        "tru",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "1 2",
        "{}x",
        "{}{}",
        "[1,]",
        "{\"a\":1,}",
        "'a'",
        "{a:1}",
        "/**/1",
        "#\n1",
        "\"a\nb\"",
        "\"\\x\"",
        "\0",
        "<a/>",
        "[\"\\ud8\"]"
      })
  void garbageIsRefused(String json) {
    assertThatThrownBy(() -> Json.read(json)).isInstanceOf(IOException.class);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] json =
        "{\"a\":[1.5,\"ü😀\",true,null,{\"b\":\"\\u00fc\"}]}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.UNTYPED.decode(json.clone())).isInstanceOf(Map.class);
    for (int length = 0; length < json.length; length++) {
      byte[] cut = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> Json.UNTYPED.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void randomBytesAreReadOrRefusedByAnIOException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "{}[]\",:0123456789.eE+-truefalsn\\u \u00ff\ud83d\ude00";
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      } else {
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
      }
      for (JsonCodec<?> codec : codecs()) {
        try {
          codec.decode(bytes.clone());
        } catch (IOException expected) {
          assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
        }
      }
    }
  }

  @Test
  void aPropertyThatIsThereTwiceIsRefused() {
    for (JsonCodec<?> codec : codecs()) {
      for (String json :
          List.of(
              "{\"name\":null,\"name\":null}",
              "[{\"any\":{\"a\":1,\"b\":2,\"a\":1}}]",
              "{\"any\":[{\"a\":1,\"\\u0061\":1}]}")) {
        assertThatThrownBy(() -> Json.read(codec, json)).isInstanceOf(IOException.class);
      }
    }
    assertThatThrownBy(() -> Json.read("{\"a\":1,\"a\":2}"))
        .hasMessage("Duplicate Object property \"a\", at line 1, column 8");
  }

  @Test
  void keysWithTheSameTextAreRefused() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(1, "a");
    map.put("1", "b");
    assertThatThrownBy(() -> Json.write(map))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Duplicate Object property \"1\"");
  }

  @Test
  void aKeyThatIsNullIsRefused() {
    Map<@Nullable String, Object> map = Collections.singletonMap(null, 1);
    assertThatThrownBy(() -> Json.write(map))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Null key");
  }

  @Test
  void aByteOrderMarkIsSkippedAndNeverWritten() throws IOException {
    assertThat(Json.read("\ufeff{\"a\":1}")).isEqualTo(Map.of("a", 1L));
    assertThat(Json.write(Map.of("a", 1L))).isEqualTo("{\"a\":1}");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    for (byte[] bytes :
        List.of(
            new byte[] {'"', (byte) 0xc3, '"'},
            new byte[] {'"', (byte) 0xff, '"'},
            new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
      assertThatThrownBy(() -> Json.UNTYPED.decode(bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  static Stream<String> excessiveJsonIsRefused() {
    return Stream.of(
        "[".repeat(100_000),
        "[".repeat(100_000) + "]".repeat(100_000),
        "{\"any\":".repeat(100_000),
        "{\"any\":[".repeat(100_000),
        "{\"children\":[".repeat(100_000),
        "1".repeat(1_000_000),
        "[0." + "1".repeat(1_000_000) + "]",
        "[1e" + "1".repeat(1_000_000) + "]",
        "{\"" + "a".repeat(10_000_000) + "\":1}",
        "[{\"" + "\\u00fc".repeat(1_000_000) + "\":1}]");
  }

  @ParameterizedTest
  @MethodSource
  void excessiveJsonIsRefused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (JsonCodec<?> codec : codecs()) {
      assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(IOException.class);
    }
  }

  /** Started by the test below. */
  static final class Small {
    public static void main(String[] args) {
      excessiveJsonIsRefused().forEach(new HostileJsonTest()::excessiveJsonIsRefused);
      boolean small = Runtime.getRuntime().maxMemory() <= 64L << 20;
      System.out.println("refused in a small heap: " + small);
    }
  }

  @Test
  @Tag("once")
  void excessiveJsonIsRefusedInASmallHeap() throws Exception {
    assertThat(OtherJvm.outputOf("-Xmx64m", Small.class))
        .containsExactly("refused in a small heap: true");
  }

  private static Object nested(int levels) {
    Object value = "core";
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  @Test
  void fiveHundredLevelsComeBackAndNoMoreAreWritten() throws IOException {
    Object deepest = nested(500);
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(deepest))).isEqualTo(deepest);
    for (int levels : new int[] {501, 100_000}) {
      assertThatThrownBy(() -> Json.write(nested(levels)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Document nesting depth (501) exceeds the maximum allowed (500")
          .message()
          .hasSizeLessThan(300);
    }
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("self", List.of(map));
    List<Node> children = new ArrayList<>();
    Node node = new Node("a", children, null);
    children.add(node);
    assertThatThrownBy(() -> Json.write(map)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> JsonCodec.of(Node.class).encode(node))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in $.children[0].children[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ü", "😀"})
  void aNameOfFiftyThousandBytesComesBackAndNoLongerOneIsWritten(String character)
      throws IOException {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    Object longest = Map.of(character.repeat(50_000 / bytes), 1L);
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(longest))).isEqualTo(longest);
    assertThatThrownBy(() -> Json.write(Map.of(character.repeat(50_000 / bytes + 1), 1L)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a name is longer than 50000 bytes");
  }

  @Test
  void aLongStringComesBack() throws IOException {
    String text = "ü".repeat(5_000_000);
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(text))).isEqualTo(text);
  }

  static final class Broken {
    private final Optional<String> name = Optional.empty();

    public String getName() {
      return name.orElseThrow(() -> new IllegalStateException("the name is lost"));
    }
  }

  @Test
  void objectsThatJacksonCannotWriteAreRefused() {
    assertThatThrownBy(() -> Json.write(List.of(new Broken())))
        .isInstanceOf(IOException.class)
        .hasMessage("the name is lost, in $[0].name");
    assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Json.write(new ByteArrayInputStream(new byte[1])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No serializer found for class java.io.ByteArrayInputStream");
  }

  @Test
  void aFailureLeavesNothingBehindInTheThreadsBuffers() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> Json.write(List.of("secret", new Broken())))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Json.read("[\"secret\",")).isInstanceOf(IOException.class);
      assertThat(Json.write(List.of("a"))).isEqualTo("[\"a\"]");
      assertThat(Json.read("[\"a\"]")).isEqualTo(List.of("a"));
    }
  }
}
