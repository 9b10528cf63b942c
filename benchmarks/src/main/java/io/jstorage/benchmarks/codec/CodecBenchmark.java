package io.jstorage.benchmarks.codec;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.jdk.SerializedCodec;
import io.jstorage.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** Small values to bytes and back. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CodecBenchmark {
  private final Map<String, Object> document = Document.make();
  private final Codec<Object> json = JsonCodec.untyped();
  private final JsonMapper mapper = JsonMapper.shared();
  private final JsonMapper strictMapper = JsonCodec.mapper();
  private final Codec<Object> serialized = SerializedCodec.of(Object.class);
  private final ByteTransform gzip = GzipTransform.of();
  private byte[] jsonBytes;
  private byte[] serializedBytes;
  private byte[] gzipBytes;

  @Setup
  public void encode() throws IOException {
    jsonBytes = json.encode(document);
    serializedBytes = serialized.encode(document);
    gzipBytes = gzip.apply("key", jsonBytes);
  }

  @Benchmark
  public byte[] jsonWrite() throws IOException {
    return json.encode(document);
  }

  @Benchmark
  public byte[] jsonWriteRaw() {
    return mapper.writeValueAsBytes(document);
  }

  @Benchmark
  public byte[] jsonWriteStrict() {
    return strictMapper.writeValueAsBytes(document);
  }

  @Benchmark
  public Object jsonRead() throws IOException {
    return json.decode(jsonBytes);
  }

  @Benchmark
  public Object jsonReadRaw() {
    return mapper.readValue(jsonBytes, Object.class);
  }

  @Benchmark
  public Object jsonReadStrict() {
    return strictMapper.readValue(jsonBytes, Object.class);
  }

  @Benchmark
  public byte[] serializedWrite() throws IOException {
    return serialized.encode(document);
  }

  @Benchmark
  public byte[] serializedWriteRaw() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(document);
    }
    return bytes.toByteArray();
  }

  @Benchmark
  public Object serializedRead() throws IOException {
    return serialized.decode(serializedBytes);
  }

  /** Without a filter, as nobody should. */
  @Benchmark
  @SuppressWarnings("BanSerializableRead")
  public Object serializedReadRaw() throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serializedBytes))) {
      return in.readObject();
    }
  }

  /** Writes a value and reads it back, as the codec does. */
  @Benchmark
  @SuppressWarnings("BanSerializableRead")
  public Object serializedWriteAndReadRaw() throws IOException, ClassNotFoundException {
    byte[] bytes = serializedWriteRaw();
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  @Benchmark
  public byte[] gzipWrite() throws IOException {
    return gzip.apply("key", jsonBytes);
  }

  @Benchmark
  public byte[] gzipWriteRaw() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(jsonBytes);
    }
    return bytes.toByteArray();
  }

  @Benchmark
  public byte[] gzipRead() throws IOException {
    return gzip.invert("key", gzipBytes);
  }

  @Benchmark
  public byte[] gzipReadRaw() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipBytes))) {
      return in.readAllBytes();
    }
  }
}
