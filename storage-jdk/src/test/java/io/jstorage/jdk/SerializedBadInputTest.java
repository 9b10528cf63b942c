package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jstorage.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializedBadInputTest {
  /** Far more than a refusal takes, far less than a bomb burns. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Codec<Object> codec = SerializedCodec.of(Object.class);

  static boolean trapped;

  /** The same stream as a {@link Trap}'s but for the name, which is of the same length. */
  static class Lure implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static class Trap implements Serializable {
    private static final long serialVersionUID = 1L;

    static {
      trapped = true;
    }
  }

  static class Torn implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int BROKEN = fail();

    private static int fail() {
      throw new IllegalStateException("cannot be initialised");
    }
  }

  static class Handler implements InvocationHandler, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) {
      return 0;
    }
  }

  private static byte[] serialize(@Nullable Object value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A stream that names a class without that class having been loaded. */
  private static byte[] naming(String simpleName) {
    String lure = new String(serialize(new Lure()), StandardCharsets.ISO_8859_1);
    return lure.replace("$Lure", "$" + simpleName).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void assertRefused(byte[] bytes, String... reason) {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(reason));
  }

  @Test
  void aClassOutsideTheListIsNeitherLoadedNorInitialised() throws IOException {
    List<String> asked = new ArrayList<>();
    ClassLoader recording =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
          }
        };
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(recording);
    try {
      Codec<Object> strict = SerializedCodec.of(Object.class);
      assertThatThrownBy(() -> strict.decode(naming("Trap")))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              "SerializedBadInputTest$Trap is not allowed", "serialized.allow");
      assertThat(asked).isEmpty();
      assertThat(trapped).isFalse();
      // The trap does snap where it is allowed.
      SerializedCodec.of(Object.class, "io.jstorage.jdk.*").decode(naming("Trap"));
      assertThat(asked).anyMatch(name -> name.endsWith("$Trap"));
      assertThat(trapped).isTrue();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anAllowedClassThatIsMissingOrBrokenIsSaidToBe() {
    Codec<Object> open = SerializedCodec.of(Object.class, "io.jstorage.jdk.*");
    assertThatThrownBy(() -> open.decode(naming("Gone")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("cannot be loaded", "$Gone");
    assertThatThrownBy(() -> open.decode(naming("Torn")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be loaded");
  }

  @Test
  void setsNestedInSetsAreRefusedAtOnce() {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Set<Object> nextLeft = new HashSet<>(Set.of("x"));
      Set<Object> nextRight = new HashSet<>();
      left.add(nextLeft);
      left.add(nextRight);
      right.add(nextLeft);
      right.add(nextRight);
      left = nextLeft;
      right = nextRight;
    }
    assertRefused(serialize(root), "nested deeper than 20");
  }

  /** The same without depth: every list was read before, and is referred to twice. */
  @Test
  void listsThatReferToEachOtherAreRefusedAtOnce() {
    List<Object> lists = new ArrayList<>();
    List<Object> last = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 100; i++) {
      lists.add(last);
      last = new ArrayList<>(Arrays.asList(last, last));
    }
    List<Object> hashed = new ArrayList<>();
    lists.add(new HashSet<>(Set.of(hashed)));
    hashed.add(last);
    assertRefused(serialize(lists), "more than 1000000 elements");
  }

  @Test
  void mapsThatReferToEachOtherAreRefusedAtOnce() {
    List<Object> maps = new ArrayList<>();
    Map<Object, Object> last = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      maps.add(last);
      last = new HashMap<>(Map.of(1, last, 2, Map.entry(last, last).getValue()));
    }
    Map<Object, Object> hashed = new HashMap<>();
    maps.add(new HashSet<>(Set.of(hashed)));
    hashed.put(1, last);
    assertRefused(serialize(maps), "more than 1000000 elements");
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 1000, 1_000_001, 0x7fff_ffef})
  void anArrayThatClaimsMoreThanTheStreamHasIsRefused(int claim) {
    for (String type : List.of("5b49", "5b4a", "5b42")) {
      String stream =
          "aced0005 75 72 0002" + type + "0000000000000000 02 0000 78 70 %08x".formatted(claim);
      assertThatThrownBy(() -> codec.decode(HexFormat.of().parseHex(stream.replace(" ", ""))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aCollectionThatClaimsMoreThanTheStreamHasIsRefused() {
    byte[] list = serialize(new ArrayList<>(Collections.nCopies(0x01020304 >> 16, 1)));
    String hex = HexFormat.of().formatHex(list).replace("00000102", "7fffffef");
    assertRefused(HexFormat.of().parseHex(hex), "2147483631 elements");
    assertRefused(HexFormat.of().parseHex(hex.replace("7fffffef", "000f4240")), "1000000 elements");
  }

  @Test
  void dynamicProxiesAreRefusedWhateverTheyImplement() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Comparable.class}, new Handler());
    Codec<Object> open =
        SerializedCodec.of(
            Object.class, "io.jstorage.jdk.*", "java.lang.**", "java.lang.reflect.*");
    assertThatThrownBy(() -> open.decode(serialize(proxy)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dynamic proxy");
    assertThatThrownBy(() -> open.encode(proxy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dynamic proxy");
  }

  @Test
  void bytesThatAreNoStreamAreRefused() {
    assertRefused(new byte[0], "cut short");
    assertRefused("{\"text\":\"Hello World!\"}".getBytes(StandardCharsets.UTF_8), "header");
    assertRefused(new byte[] {(byte) 0xac, (byte) 0xed, 0, 6, 't', 0, 0}, "header");
  }

  @Test
  void nullIsNoValue() {
    assertRefused(serialize(null), "holds null");
  }

  @Test
  void aStreamThatIsCutShortAnywhereIsRefused() {
    byte[] whole = serialize(new HashMap<>(Map.of("a", List.of(1, 2L), "b", new UUID(1, 2))));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anythingAfterTheObjectIsRefused() {
    for (Object value :
        List.of("text", 5, List.of(1), new ArrayList<>(List.of(1)), Map.of(1, 2), new int[3])) {
      byte[] whole = serialize(value);
      for (int extra : new int[] {0, 't', 'p', 'w', 'x', 0xff}) {
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        longer[whole.length] = (byte) extra;
        assertRefused(longer, "after the end");
      }
      byte[] twice = Arrays.copyOf(whole, whole.length + 2);
      twice[whole.length] = 't';
      assertRefused(twice, "after the end");
    }
  }

  @Test
  void noChangedByteEscapesAsAnythingButAFailureOrAValue() {
    byte[] whole =
        serialize(new HashMap<>(Map.of("a", new ArrayList<>(List.of(1, 2L)), "b", new int[5])));
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0, 1, 0x70, 0x73, 0x7f, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        try {
          assertThat(codec.decode(changed)).isNotNull();
        } catch (IOException | RuntimeException e) {
          assertThat(e).isNotInstanceOf(AssertionError.class);
        }
      }
    }
  }
}
