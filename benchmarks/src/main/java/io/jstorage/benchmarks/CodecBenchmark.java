package io.jstorage.benchmarks;

import io.jstorage.Codec;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.jdk.SerializedCodec;
import io.jstorage.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.module.blackbird.BlackbirdModule;

/** Small values to bytes and back. */
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CodecBenchmark extends Measured {
  @Param("JSON")
  public Coder coder;

  private byte[] bytes;

  @Setup
  public void encode() throws IOException {
    bytes = coder.codec.encode(coder.value);
  }

  @Benchmark
  public byte[] write() throws IOException {
    return coder.codec.encode(coder.value);
  }

  @Benchmark
  public Object read() throws IOException {
    return coder.codec.decode(bytes);
  }

  /** The codecs that are compared, each with a small value such as people store. */
  @SuppressWarnings("ImmutableEnumChecker") // Codecs are, and no value is changed.
  public enum Coder {
    /** An untyped value: 130 bytes of JSON. */
    JSON(JsonCodec.untyped(), document()),
    JSON_MAPPER(JsonMapper.shared(), Object.class, document()),
    JSON_BLACKBIRD(blackbird(), Object.class, document()),
    /** The mapper with the codec's rules. */
    JSON_STRICT(JsonCodec.mapper(), Object.class, document()),
    /** The same value as a record. */
    RECORD(JsonCodec.of(Person.class), Person.make()),
    RECORD_MAPPER(JsonMapper.shared(), Person.class, Person.make()),
    RECORD_BLACKBIRD(blackbird(), Person.class, Person.make()),
    RECORD_STRICT(JsonCodec.mapper(), Person.class, Person.make()),
    SERIALIZED(SerializedCodec.of(Object.class), document()),
    SERIALIZED_RAW(codec(Coder::serialize, Coder::deserialize), document()),
    /** Reads back what it writes, as the codec does. */
    SERIALIZED_TWICE(
        codec(
            value -> {
              byte[] bytes = serialize(value);
              deserialize(bytes);
              return bytes;
            },
            Coder::deserialize),
        document()),
    GZIP(
        codec(
            json -> GzipTransform.of().apply("key", json),
            gz -> GzipTransform.of().invert("key", gz)),
        json()),
    GZIP_STREAMS(codec(Coder::gzip, Coder::gunzip), json());

    final Codec<Object> codec;
    final Object value;

    @SuppressWarnings("unchecked") // The value is of the codec's type.
    Coder(Codec<?> codec, Object value) {
      this.codec = (Codec<Object>) codec;
      this.value = value;
    }

    Coder(JsonMapper mapper, Class<?> type, Object value) {
      this(codec(mapper::writeValueAsBytes, bytes -> mapper.readValue(bytes, type)), value);
    }

    private interface Step<F, T> {
      T apply(F from) throws IOException;
    }

    private static <V> Codec<V> codec(Step<V, byte[]> encode, Step<byte[], V> decode) {
      return new Codec<>() {
        @Override
        public byte[] encode(V value) throws IOException {
          return encode.apply(value);
        }

        @Override
        public V decode(byte[] bytes) throws IOException {
          return decode.apply(bytes);
        }
      };
    }

    private static JsonMapper blackbird() {
      return JsonMapper.builder().addModule(new BlackbirdModule()).build();
    }

    private static Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", "Grace Hopper");
      document.put("email", "grace.hopper@example.com");
      document.put("age", 85);
      document.put("score", 99.5);
      document.put("active", true);
      document.put("tags", new ArrayList<>(List.of("compiler", "navy", "cobol")));
      return document;
    }

    record Person(
        String name, String email, int age, double score, boolean active, List<String> tags) {
      static Person make() {
        List<String> tags = new ArrayList<>(List.of("compiler", "navy", "cobol"));
        return new Person("Grace Hopper", "grace.hopper@example.com", 85, 99.5, true, tags);
      }
    }

    private static byte[] serialize(Object value) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      }
      return bytes.toByteArray();
    }

    /** Without a filter, as nobody should. */
    @SuppressWarnings("BanSerializableRead")
    private static Object deserialize(byte[] bytes) throws IOException {
      try (ObjectInputStream in = new ObjectInputStream(open(bytes))) {
        return in.readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }

    private static byte[] json() {
      return JsonMapper.shared().writeValueAsBytes(document());
    }

    private static byte[] gzip(byte[] json) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(json);
      }
      return bytes.toByteArray();
    }

    private static byte[] gunzip(byte[] gz) throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(open(gz))) {
        return in.readAllBytes();
      }
    }

    private static ByteArrayInputStream open(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }
  }
}
