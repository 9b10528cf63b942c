package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializedCodecTest {
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    }
  }

  record Line(String text, Color color) implements Serializable {}

  record Invoice(int number, List<Line> lines) implements Serializable {}

  static class Document implements Serializable {
    private static final long serialVersionUID = 1L;
    String title = "";
  }

  static class Letter extends Document {
    private static final long serialVersionUID = 1L;
    String text = "";
  }

  /** Leaves no instance of its own in a stream, as Effective Java advises. */
  static final class Money implements Serializable {
    private static final long serialVersionUID = 1L;
    final transient long cents;

    Money(long cents) {
      this.cents = cents;
    }

    private Object writeReplace() {
      return new Proxy(cents);
    }

    record Proxy(long cents) implements Serializable {
      private Object readResolve() {
        return new Money(cents);
      }
    }
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  private static void assertNotAllowed(Codec<Object> codec, Object value, Class<?> refused) {
    assertThatThrownBy(() -> codec.encode(value))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(name(refused) + " is not allowed", "serialized.allow");
  }

  @Test
  void theRequestedClassNeedsNoPermission() throws IOException {
    Codec<Line> codec = SerializedCodec.of(Line.class, name(Color.class));
    Line line = new Line("x", Color.GREEN);
    assertThat(codec.decode(codec.encode(line))).isEqualTo(line);
  }

  @Test
  void neitherDoItsSuperclasses() throws IOException {
    Codec<Letter> codec = SerializedCodec.of(Letter.class);
    Letter letter = new Letter();
    letter.title = "Dear Ada";
    assertThat(codec.decode(codec.encode(letter)).title).isEqualTo("Dear Ada");
  }

  @Test
  void norDoTypeArguments() throws IOException {
    Codec<Map<String, List<Color[]>>> codec =
        SerializedCodec.of(new TypeRef<Map<String, List<Color[]>>>() {}, List.of(), 10_000);
    Color[] colors = {Color.RED, Color.GREEN};
    assertThat(codec.decode(codec.encode(Map.of("k", List.<Color[]>of(colors)))).get("k"))
        .containsExactly(colors);
  }

  @Test
  void anyOtherClassIsRefusedOnPutAlready() {
    Codec<Object> codec = SerializedCodec.of(Object.class);
    assertNotAllowed(codec, Color.RED, Color.class);
    assertNotAllowed(codec, new Color[0], Color.class);
    assertNotAllowed(codec, List.of(new Invoice(1, List.of())), Invoice.class);
    assertNotAllowed(codec, Color.class, Color.class);
    assertNotAllowed(codec, new AtomicInteger(), AtomicInteger.class);
  }

  @Test
  void classesAreAllowedByNameWithTheirArrays() throws IOException {
    Codec<Object> codec = SerializedCodec.of(Object.class, name(Color.class));
    assertThat(codec.decode(codec.encode(Color.GREEN))).isEqualTo(Color.GREEN);
    assertThat(codec.decode(codec.encode(new Color[][] {{Color.RED}})))
        .isEqualTo(new Color[][] {{Color.RED}});
    assertNotAllowed(codec, new Line("x", Color.RED), Line.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.jstorage.jdk.*", "io.jstorage.jdk.**", "io.jstorage.**", "io.**"})
  void classesAreAllowedByPackage(String allowed) throws IOException {
    Codec<Object> codec = SerializedCodec.of(Object.class, allowed);
    Invoice invoice = new Invoice(1, List.of(new Line("x", Color.RED)));
    assertThat(codec.decode(codec.encode(invoice))).isEqualTo(invoice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.jstorage.*",
        "io.*",
        "io.jstorage.cod.**",
        "io.jstorage.jdk.SerializedCodecTest",
        "io.jstorage.jdk.SerializedCodecTest$Line.*",
        "io.jstorage.jdk.spi.**"
      })
  void aNameAllowsNothingBesideIt(String allowed) {
    assertNotAllowed(SerializedCodec.of(Object.class, allowed), Color.RED, Color.class);
  }

  @Test
  void classesThatAllowedOnesResolveToNeedNoPermission() throws IOException {
    Codec<Object> codec = SerializedCodec.of(Object.class, name(Money.Proxy.class));
    assertThat(codec.decode(codec.encode(new Money(5))))
        .isInstanceOfSatisfying(Money.class, money -> assertThat(money.cents).isEqualTo(5));
  }

  @Test
  void theRequestedTypeIsChecked() throws IOException {
    byte[] text = SerializedCodec.of(Object.class).encode("text");
    Codec<Line> lines = SerializedCodec.of(Line.class);
    assertThatThrownBy(() -> lines.decode(text))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("java.lang.String", name(Line.class));
  }

  @Test
  void aPrimitiveTypeStandsForItsBox() throws IOException {
    Codec<Integer> codec = SerializedCodec.of(int.class);
    assertThat(codec.decode(codec.encode(5))).isEqualTo(5);
  }

  @Test
  void aValueThatCannotBeSerializedIsRefused() {
    Codec<Object> codec = SerializedCodec.of(Object.class, "io.jstorage.**");
    assertThatThrownBy(() -> codec.encode(List.of(new Object())))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void aValueThatCouldNotBeReadAgainIsRefused() throws IOException {
    Codec<Object> codec = SerializedCodec.of(Object.class);
    Object nested = nest(10);
    assertThat(codec.decode(codec.encode(nested))).isEqualTo(nested);
    assertThatThrownBy(() -> codec.encode(nest(30)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nested deeper than 20");
    List<Object> boxes = new ArrayList<>();
    for (int i = 0; i < 100_001; i++) {
      boxes.add(i);
    }
    assertThatThrownBy(() -> codec.encode(boxes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 100000 references");
    assertThatThrownBy(() -> codec.encode(new Object[1_000_001]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1000001 elements");
  }

  private static Object nest(int levels) {
    Object value = "x";
    for (int i = 0; i < levels; i++) {
      value = new ArrayList<>(List.of(value));
    }
    return value;
  }

  @Test
  void aValueBeyondTheLimitIsRefusedBothWays() throws IOException {
    Codec<Object> large = SerializedCodec.of(Object.class);
    Codec<Object> small = SerializedCodec.of(TypeRef.of(Object.class), List.of(), 1000);
    byte[] bytes = large.encode(new byte[2000]);
    assertThatThrownBy(() -> small.encode(new byte[2000]))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the limit is 1000", "serialized.limit");
    assertThatThrownBy(() -> small.decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the limit is 1000", "serialized.limit");
    byte[] exact = large.encode("x".repeat(1000 - 7));
    assertThat(exact).hasSize(1000);
    assertThat(small.decode(exact)).isEqualTo(large.decode(exact));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SerializedCodec.of(TypeRef.of(Object.class), List.of(), 0));
  }

  @Test
  void aCollectionThatContainsItselfIsRefused() {
    Codec<Object> codec = SerializedCodec.of(Object.class);
    List<Object> itself = new ArrayList<>();
    itself.add(Arrays.asList("x", itself));
    assertThatThrownBy(() -> codec.encode(itself))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("contains itself");
  }

  @Test
  void sharedPartsStayShared() throws IOException {
    Codec<Object> codec = SerializedCodec.of(Object.class);
    List<Object> shared = new ArrayList<>(List.of(1));
    List<?> read = (List<?>) codec.decode(codec.encode(new ArrayList<>(List.of(shared, shared))));
    assertThat(read.get(0)).isSameAs(read.get(1));
  }

  @Test
  void classesAreLookedForByTheLoaderOfTheRequestedClass() throws Exception {
    Class<?> apart = new Apart().loadClass(name(Letter.class));
    assertThat(apart).isNotSameAs(Letter.class);
    var constructor = apart.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object letter = constructor.newInstance();
    assertThat(roundTrip(apart, letter)).isInstanceOf(apart);
  }

  private static <V> V roundTrip(Class<V> type, Object value) throws IOException {
    Codec<V> codec = SerializedCodec.of(type);
    return codec.decode(codec.encode(type.cast(value)));
  }

  @Test
  void classesAreLookedForByTheContextClassLoaderToo() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader apart = new Apart();
    thread.setContextClassLoader(apart);
    try {
      Codec<Object> codec = SerializedCodec.of(Object.class, "io.jstorage.jdk.*");
      thread.setContextClassLoader(before);
      assertThat(codec.decode(codec.encode(new Letter())).getClass().getClassLoader())
          .isSameAs(apart);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theContextClassLoaderComesFirstWhereItSeesTheRequestedClassesToo() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader apart = new Apart();
    Class<?> letter = apart.loadClass(name(Letter.class));
    thread.setContextClassLoader(apart);
    try {
      // Both loaders have one Envelope, and each a Letter.
      Codec<Envelope> codec = SerializedCodec.of(Envelope.class, "io.jstorage.jdk.*");
      assertThat(codec.decode(codec.encode(new Envelope(new Letter()))).content())
          .isInstanceOf(letter);
      assertThat(roundTrip(Letter.class, new Letter())).isInstanceOf(Letter.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void itsContentTypeNamesJavaSerialization() {
    assertThat(SerializedCodec.of(Object.class).contentType())
        .isEqualTo("application/x-java-serialized-object");
  }

  /** Defines the classes of this test once more. */
  private static final class Apart extends ClassLoader {
    Apart() {
      super(SerializedCodecTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || !name.startsWith(SerializedCodecTest.class.getName())) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(getResourceAsStream(file))) {
          byte[] code = in.readAllBytes();
          return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
