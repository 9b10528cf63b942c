package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Codec;
import io.jstorage.jvm.Cost;
import io.jstorage.jvm.Durations;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that no honest program writes, by hand: none costs much, and none starts a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileStreamsTest {
  private static final Duration MAX_TIME = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 64L << 20;
  private static final int MUTANTS = 10_000;

  private final Codec<Object> codec = SerializedCodec.of(Object.class);

  static volatile boolean started;

  /** Nobody in this test touches it but by its name in a stream. */
  @SuppressWarnings("unused")
  static final class Tripwire implements Serializable {
    private static final long serialVersionUID = 1L;

    static {
      started = true;
    }
  }

  private static final List<String> GADGETS =
      List.of(
          HostileStreamsTest.class.getName() + "$Tripwire",
          "org.apache.commons.collections.functors.InvokerTransformer",
          "org.apache.commons.collections4.comparators.TransformingComparator",
          "org.apache.commons.beanutils.BeanComparator",
          "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
          "org.springframework.beans.factory.ObjectFactory",
          "org.codehaus.groovy.runtime.ConvertedClosure",
          "com.mchange.v2.c3p0.PoolBackedDataSource",
          "org.hibernate.engine.spi.TypedValue",
          "sun.reflect.annotation.AnnotationInvocationHandler",
          "javax.management.BadAttributeValueExpException",
          "java.rmi.server.UnicastRemoteObject",
          "java.rmi.server.RemoteObjectInvocationHandler",
          "sun.rmi.server.UnicastRef",
          "java.net.URL",
          "java.net.InetAddress",
          "java.io.File",
          "java.security.SignedObject",
          "javax.swing.event.EventListenerList",
          "javax.script.ScriptEngineManager",
          "java.lang.ProcessBuilder",
          "java.lang.Thread",
          "java.lang.invoke.SerializedLambda",
          "java.util.concurrent.ConcurrentSkipListMap$SubMap",
          "java.beans.beancontext.BeanContextSupport");

  /** Writes the grammar of the serialization protocol, right or wrong. */
  private static final class Stream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Stream() {
      shorts(ObjectStreamConstants.STREAM_MAGIC, ObjectStreamConstants.STREAM_VERSION);
    }

    Stream tags(int... tags) {
      for (int tag : tags) {
        bytes.write(tag);
      }
      return this;
    }

    Stream shorts(int... values) {
      return write(
          () -> {
            for (int value : values) {
              out.writeShort(value);
            }
          });
    }

    Stream ints(int... values) {
      return write(
          () -> {
            for (int value : values) {
              out.writeInt(value);
            }
          });
    }

    Stream longs(long... values) {
      return write(
          () -> {
            for (long value : values) {
              out.writeLong(value);
            }
          });
    }

    Stream utf(String text) {
      return write(() -> out.writeUTF(text));
    }

    /** A class descriptor without a superclass; the flags say how its fields are written. */
    Stream classNamed(String name, long id, int flags, int fields) {
      return tags(ObjectStreamConstants.TC_CLASSDESC)
          .utf(name)
          .longs(id)
          .tags(flags)
          .shorts(fields);
    }

    Stream endOfClass() {
      return tags(ObjectStreamConstants.TC_ENDBLOCKDATA, ObjectStreamConstants.TC_NULL);
    }

    Stream string(String text) {
      return tags(ObjectStreamConstants.TC_STRING).utf(text);
    }

    Stream reference(int number) {
      return tags(ObjectStreamConstants.TC_REFERENCE)
          .ints(ObjectStreamConstants.baseWireHandle + number);
    }

    private Stream write(Action action) {
      try {
        action.run();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Action {
      void run() throws IOException;
    }
  }

  private static final int PLAIN = ObjectStreamConstants.SC_SERIALIZABLE;
  private static final int CUSTOM = PLAIN | ObjectStreamConstants.SC_WRITE_METHOD;
  private static final int EXTERNAL =
      ObjectStreamConstants.SC_EXTERNALIZABLE | ObjectStreamConstants.SC_BLOCK_DATA;

  private static Stream object() {
    return new Stream().tags(ObjectStreamConstants.TC_OBJECT);
  }

  /** An ArrayList that claims so many elements, whose elements follow. */
  private static Stream list(Stream to, int claimed) {
    return to.tags(ObjectStreamConstants.TC_OBJECT)
        .classNamed("java.util.ArrayList", 8683452581122892189L, CUSTOM, 1)
        .tags('I')
        .utf("size")
        .endOfClass()
        .ints(claimed)
        .tags(ObjectStreamConstants.TC_BLOCKDATA, 4)
        .ints(claimed);
  }

  private static Stream array(String type, int length) {
    return new Stream()
        .tags(ObjectStreamConstants.TC_ARRAY)
        .classNamed(type, 0, PLAIN, 0)
        .endOfClass()
        .ints(length);
  }

  private static Stream proxy(String... interfaces) {
    Stream stream = object().tags(ObjectStreamConstants.TC_PROXYCLASSDESC).ints(interfaces.length);
    for (String name : interfaces) {
      stream.utf(name);
    }
    return stream.endOfClass();
  }

  /** Every payload by what it tries. */
  private static Map<String, byte[]> payloads() {
    Map<String, Stream> streams = new LinkedHashMap<>();
    for (String name : GADGETS) {
      streams.put("object of " + name, object().classNamed(name, 1, PLAIN, 0).endOfClass());
    }
    for (String name : GADGETS.subList(0, 6)) {
      streams.put(
          "within a list: " + name,
          list(new Stream(), 1)
              .tags(ObjectStreamConstants.TC_OBJECT)
              .classNamed(name, 1, PLAIN, 0)
              .endOfClass());
      streams.put("array of " + name, array("[L" + name + ";", 1));
      streams.put(
          "class object of " + name,
          new Stream()
              .tags(ObjectStreamConstants.TC_CLASS)
              .classNamed(name, 1, PLAIN, 0)
              .endOfClass());
    }
    streams.put(
        "superclass",
        object()
            .classNamed("java.util.ArrayList", 8683452581122892189L, CUSTOM, 0)
            .tags(ObjectStreamConstants.TC_ENDBLOCKDATA)
            .classNamed(GADGETS.get(0), 1, PLAIN, 0)
            .endOfClass());
    streams.put(
        "annotated class",
        object()
            .classNamed("java.lang.Integer", 1360826667806852920L, PLAIN, 0)
            .tags(ObjectStreamConstants.TC_OBJECT)
            .classNamed(GADGETS.get(0), 1, PLAIN, 0)
            .endOfClass()
            .endOfClass());
    streams.put("proxy", proxy("java.lang.Comparable", "java.util.Map"));
    streams.put("proxy of nothing", proxy());
    streams.put("proxy of " + GADGETS.get(9), proxy(GADGETS.get(9)));
    streams.put("proxy of 65 536 interfaces", object().tags(0x7d).ints(65_536));
    streams.put("proxy of too many", object().tags(0x7d).ints(Integer.MAX_VALUE));
    streams.put("proxy of less than none", object().tags(0x7d).ints(-1));
    for (String type : List.of("[B", "[I", "[J", "[Ljava.lang.Object;", "[[[[[[[[[[[[[[[[[[[[I")) {
      streams.put("huge " + type, array(type, Integer.MAX_VALUE - 16));
    }
    streams.put("negative array", array("[I", -1));
    streams.put("huge list", list(new Stream(), Integer.MAX_VALUE));
    streams.put("negative list", list(new Stream(), -1));
    streams.put("deep lists", deep(100_000));
    streams.put(
        "huge string", new Stream().tags(ObjectStreamConstants.TC_LONGSTRING).longs(1L << 40));
    streams.put("reference to nothing", new Stream().reference(0));
    streams.put("reference to itself", list(new Stream(), 1).reference(2));
    streams.put("reference far away", new Stream().reference(Integer.MAX_VALUE / 2));
    streams.put(
        "class that is its own superclass",
        object()
            .classNamed("java.util.ArrayList", 8683452581122892189L, CUSTOM, 0)
            .tags(ObjectStreamConstants.TC_ENDBLOCKDATA)
            .reference(0));
    streams.put("exception", new Stream().tags(ObjectStreamConstants.TC_EXCEPTION));
    streams.put("endless resets", resets());
    streams.put("block data", new Stream().tags(ObjectStreamConstants.TC_BLOCKDATALONG).ints(-1));
    streams.put(
        "externalizable",
        object().classNamed("java.util.ArrayList", 8683452581122892189L, EXTERNAL, 0).endOfClass());
    streams.put(
        "enum of " + GADGETS.get(0),
        new Stream()
            .tags(ObjectStreamConstants.TC_ENUM)
            .classNamed(GADGETS.get(0), 0, PLAIN | ObjectStreamConstants.SC_ENUM, 0)
            .endOfClass()
            .string("X"));
    streams.put("another id", object().classNamed("java.lang.Integer", 1, PLAIN, 0).endOfClass());
    streams.put(
        "65 535 fields", object().classNamed("java.lang.Integer", 1360826667806852920L, PLAIN, -1));
    streams.put("nameless class", object().classNamed("", 0, PLAIN, 0).endOfClass());
    streams.put("many references to one list", manyReferences());
    Map<String, byte[]> payloads = new LinkedHashMap<>();
    streams.forEach((name, stream) -> payloads.put(name, stream.toBytes()));
    return payloads;
  }

  private static Stream deep(int levels) {
    Stream stream = new Stream();
    for (int i = 0; i < levels; i++) {
      list(stream, 1);
    }
    return stream;
  }

  private static Stream resets() {
    Stream stream = new Stream();
    for (int i = 0; i < 100_000; i++) {
      stream.tags(ObjectStreamConstants.TC_RESET);
    }
    return stream;
  }

  /** A list of references to a list of its own: what is read once must not be counted once. */
  private static Stream manyReferences() {
    int size = 90_000;
    Stream stream = list(new Stream(), size);
    list(stream, 1000);
    for (int i = 0; i < 1000; i++) {
      stream.tags(ObjectStreamConstants.TC_NULL);
    }
    stream.tags(ObjectStreamConstants.TC_ENDBLOCKDATA);
    for (int i = 1; i < size; i++) {
      // 0 is the class, 1 the field's type or the outer list, and so on.
      stream.reference(4);
    }
    return stream.tags(ObjectStreamConstants.TC_ENDBLOCKDATA);
  }

  static java.util.stream.Stream<String> names() {
    return payloads().keySet().stream();
  }

  @BeforeAll
  void warmUp() {
    for (int i = 0; i < 3; i++) {
      payloads().values().forEach(this::decode);
    }
  }

  private boolean decode(byte[] bytes) {
    try {
      return codec.decode(bytes) != null;
    } catch (IOException | RuntimeException e) {
      // The glue makes a CodecException of both.
      return false;
    }
  }

  private void assertCheap(byte[] bytes) throws Exception {
    assertThat(Durations.shortest(MAX_TIME, () -> processorTimeToDecode(bytes)))
        .as("time for a stream of %d bytes", bytes.length)
        .isLessThan(MAX_TIME);
  }

  private Duration processorTimeToDecode(byte[] bytes) {
    Cost cost = Cost.of(() -> decode(bytes));
    assertThat(cost.allocatedBytes())
        .as("bytes allocated for a stream of %d", bytes.length)
        .isLessThanOrEqualTo(MAX_BYTES);
    return cost.processorTime();
  }

  @Test
  void thereAreSixtyOfThem() {
    assertThat(payloads()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsRefusedAtOnceAndStartsNoClass(String name) throws Exception {
    byte[] payload = Objects.requireNonNull(payloads().get(name));
    assertThat(decode(payload)).isFalse();
    assertCheap(payload);
    assertThat(started).as("a class that the stream names was initialised").isFalse();
  }

  /** As the JDK reads it, which is odd and harmless. */
  @Test
  void aStringOfNegativeLengthIsAnEmptyOne() throws IOException {
    Stream stream = new Stream().tags(ObjectStreamConstants.TC_LONGSTRING).longs(-1);
    assertThat(codec.decode(stream.toBytes())).isEqualTo("");
  }

  @Test
  void tenThousandMutantsAreNoMoreDangerous() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> seeds = new ArrayList<>(payloads().values());
    seeds.removeIf(seed -> seed.length > 10_000);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(seeds.get(random.nextInt(seeds.size())), random);
      assertCheap(mutant);
    }
    assertThat(started).isFalse();
  }

  /** Changes bytes, cuts, repeats a piece, or puts a piece of another place in. */
  private static byte[] mutate(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(1, 5); n > 0 && bytes.length > 5; n--) {
      int at = random.nextInt(4, bytes.length);
      int length = random.nextInt(1, bytes.length - at + 1);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
          System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
          bytes = longer;
        }
        default -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), from, bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
