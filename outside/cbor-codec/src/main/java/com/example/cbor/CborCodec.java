package com.example.cbor;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Values as CBOR (RFC 8949).
 *
 * <p>The type of a value is given here and never read from the data. A stored value is one data
 * item; bytes before or behind it, a name that comes twice in a map, {@code null}, more than 500
 * levels of nesting, names of more than 50 000 bytes and numbers of more than 1 000 digits are
 * refused, and so is a value of more bytes than the limit. A length that the data claim is no
 * reason to make an array of it; what they hold takes up to some sixty times its bytes in memory,
 * where it is of empty maps.
 *
 * <p>A value that could not be read back is not written: every value is decoded once after it was
 * encoded, which about doubles the cost of a write. Immutable and thread-safe.
 *
 * @param <V> the type of the values
 */
public final class CborCodec<V> implements Codec<V> {
  /** The most bytes of an encoded value unless another limit is named: 16 MiB. */
  public static final int DEFAULT_LIMIT = 16 << 20;

  private static final CBORMapper MAPPER =
      CBORMapper.builder(
              CBORFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(500)
                          .maxNameLength(50_000)
                          .maxNumberLength(1_000)
                          // The whole value has a limit already.
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(500).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final int limit;

  private CborCodec(TypeRef<V> type, int limit) {
    JavaType javaType = MAPPER.constructType(type.type());
    this.reader = MAPPER.readerFor(javaType);
    this.writer = MAPPER.writerFor(javaType);
    this.limit = limit;
  }

  /**
   * Makes a codec with the default limit.
   *
   * @param type the type of the values
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if values of that type cannot be read
   */
  public static <V> CborCodec<V> of(Class<V> type) {
    return of(TypeRef.of(type), DEFAULT_LIMIT);
  }

  /**
   * Makes a codec.
   *
   * @param type the type of the values
   * @param limit the most bytes of an encoded value
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if values of that type cannot be read
   */
  public static <V> CborCodec<V> of(TypeRef<V> type, int limit) {
    CborCodec<V> codec = new CborCodec<>(type, limit);
    try {
      codec.reader.readValue(new byte[] {(byte) 0xf6}); // null
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      // This type has no null, such as int. It has a deserializer, which was the question.
    }
    return codec;
  }

  @Override
  public byte[] encode(V value) throws IOException {
    byte[] bytes;
    try {
      bytes = writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
    decode(bytes);
    return bytes;
  }

  @Override
  public V decode(byte[] bytes) throws IOException {
    if (bytes.length > limit) {
      throw new IOException(
          "the CBOR has %d bytes, and the limit is %d (example.cbor.limit)"
              .formatted(bytes.length, limit));
    }
    try (JsonParser parser = reader.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IOException("there is no CBOR");
      }
      V value = reader.readValue(parser);
      if (value == null) {
        throw new IOException("the CBOR is null, which is never a value");
      }
      return value;
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  @Override
  public String contentType() {
    return "application/cbor";
  }
}
