package io.jstorage.json;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON text in UTF-8, without a byte order mark and without white space.
 *
 * <p>Immutable and thread-safe. The type of a value is given here and never read from the data;
 * only a type's own annotations ({@code @JsonTypeInfo}) choose among subtypes. A failure to encode
 * or decode is an {@link IOException} whose message names the place in the value or the text; no
 * part of a value that fails is written.
 *
 * <h2>Untyped values</h2>
 *
 * If the type is {@code Object} or {@code Number}, alone or inside another such as {@code
 * Map<String, Object>}, a text is read as follows.
 *
 * <table>
 * <caption>The Java type of each JSON value</caption>
 * <tr><th>JSON</th><th>Java</th></tr>
 * <tr><td>object</td><td>{@link java.util.LinkedHashMap} with String keys, in the order of the
 *     text</td></tr>
 * <tr><td>array</td><td>{@link java.util.ArrayList}</td></tr>
 * <tr><td>string</td><td>String</td></tr>
 * <tr><td>number without fraction and exponent</td><td>Long, or {@link java.math.BigInteger} if it
 * does not fit</td></tr>
 * <tr><td>any other number</td><td>Double if the shortest text of the double is equal to the
 * number, otherwise {@link java.math.BigDecimal}: no digit is ever lost</td></tr>
 * <tr><td>true, false</td><td>Boolean</td></tr>
 * <tr><td>null inside an array or object</td><td>null</td></tr>
 * </table>
 *
 * <p>Anything that Jackson can write may be put, and comes back as the table says: an Integer as a
 * Long, a Float as the Double of the same text, a BigDecimal of few digits as a Double, a char, an
 * enum, a UUID or a date as its text, a {@code byte[]} as its Base64 text, a set or an array as a
 * List, a record as a Map, and every key of a Map as its text. To get the type back, name it.
 *
 * <h2>Typed values</h2>
 *
 * Records, beans, enums (by {@code name()}), {@code Optional}, trees and collections. Dates, times
 * and durations of {@code java.time} are ISO-8601 text, and offsets and zones are kept. Properties
 * that the type does not have are ignored, and absent ones are null or zero, so that a type may
 * gain and lose properties while its values are stored. A number with a fraction or an exponent is
 * not read as an integer, even if it is whole.
 *
 * <p>A value that is encoded comes back equal, or is refused: of the same class, with fields or
 * elements that are equal, and untyped parts as the table says. A type whose values cannot be read
 * is refused by {@code of}: one that is abstract without {@code @JsonTypeInfo}, or has no
 * constructor that Jackson can call, or has such a type inside. {@link #encode} refuses differences
 * that only a value shows, such as an object of a subclass. If the type does not rule them out, it
 * decodes the value and compares, which takes three to four times as long. For records, beans,
 * maps, collections and {@code java.time} the type is enough. A bean is trusted to keep in each
 * setter the value that the getter returned. {@code of} may make empty beans to test their setters.
 *
 * <h2>Refused values</h2>
 *
 * <ul>
 *   <li>{@code null}, and a value such as {@code Optional.empty()} whose JSON is {@code null}:
 *       there is no such value in a storage;
 *   <li>NaN and the infinities, which JSON does not have; a number too large for a typed double or
 *       float is not read as an infinity;
 *   <li>an object with two properties of one name, and a Map whose keys have the same text;
 *   <li>an object of which Jackson finds nothing to write, such as a stream;
 *   <li>text that is empty, cut short, or followed by more text. A byte order mark is skipped;
 *   <li>a property name with an unpaired surrogate; in a string it is kept, as its escape;
 *   <li>more than 500 levels of nesting, and so any value that contains itself, names of more than
 *       50 000 bytes, and numbers of more than 1 000 characters, when writing as when reading.
 *       Strings and texts have no limit: their bytes are in memory already. An untyped value takes
 *       up to some forty times the size of its text.
 * </ul>
 *
 * <p>Callers that need other rules pass a mapper. Its rules replace all of these but the first, and
 * every value is decoded and compared before its bytes are returned. To lift only some rules, start
 * from {@link #mapper()}.
 *
 * @param <V> the type of the values
 */
public final class JsonCodec<V> implements Codec<V> {
  private final JsonMapper mapper;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  /** Null if each value is read back, as nothing is known of the type or of the mapper. */
  private final @Nullable Known known;

  /** Of a type whose values come back equal unless something unexpected is in them. */
  private record Known(Shape shape) {
    boolean comesBack(Object value) {
      return shape.passesItself(value) && shape.passes(value);
    }
  }

  JsonCodec(Type type, JsonMapper mapper) {
    JacksonLibraries.check();
    JavaType javaType = mapper.constructType(type);
    this.mapper = mapper;
    this.reader = readerOf(javaType, mapper);
    checkReadable(reader);
    Shape shape = Shapes.of(javaType, mapper);
    this.known = shape != null && mapper == StrictMapper.INSTANCE ? new Known(shape) : null;
    this.writer = writerOf(javaType, mapper);
  }

  private static ObjectReader readerOf(JavaType type, JsonMapper mapper) {
    ObjectReader reader = mapper.readerFor(type);
    if (NotANumber.isAllowed(mapper)) {
      reader = reader.withAttribute(NotANumber.ALLOWED, true);
    }
    boolean untyped = mapper == StrictMapper.INSTANCE && type.isJavaLangObject();
    return untyped
        ? reader
            .without(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withAttribute(UntypedDeserializer.FINDS_DUPLICATES, true)
        : reader;
  }

  private static ObjectWriter writerOf(JavaType type, JsonMapper mapper) {
    ObjectWriter writer = mapper.writerFor(type);
    return NotANumber.isAllowed(mapper) ? writer.withAttribute(NotANumber.ALLOWED, true) : writer;
  }

  /** Detects now, not at the first read, that Jackson has no way to make such values. */
  private static void checkReadable(ObjectReader reader) {
    try {
      reader.readValue("null");
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(JsonFailures.describe(e), e);
    } catch (JacksonException e) {
      // This type has no null, such as int. It has a deserializer, which was the question.
    }
  }

  /**
   * Returns the codec for untyped values.
   *
   * @return the codec
   */
  public static JsonCodec<Object> untyped() {
    return of(Object.class);
  }

  /**
   * Returns a codec for values of a class.
   *
   * @param type the class
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if values of that type cannot be read
   * @throws IllegalStateException if Jackson is too old, naming what was found and what is needed
   */
  public static <V> JsonCodec<V> of(Class<V> type) {
    return of(TypeRef.of(type));
  }

  /**
   * Returns a codec for values of a type with type arguments.
   *
   * @param type the type
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if values of that type cannot be read
   * @throws IllegalStateException if Jackson is too old, naming what was found and what is needed
   */
  public static <V> JsonCodec<V> of(TypeRef<V> type) {
    return of(type, mapper());
  }

  /**
   * Returns a codec that reads and writes through a mapper of the caller.
   *
   * @param type the type
   * @param mapper the mapper, whose rules and limits replace those of this class
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if values of that type cannot be read
   * @throws IllegalStateException if Jackson is too old, naming what was found and what is needed
   */
  public static <V> JsonCodec<V> of(TypeRef<V> type, JsonMapper mapper) {
    return new JsonCodec<>(type.type(), mapper);
  }

  /**
   * Returns the mapper that has the rules of this class, to start one's own from. Each rule can be
   * lifted by Jackson's own setting, and the others stay. For reading and writing NaN and the
   * infinities, that is {@code JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS}, or {@code
   * JsonWriteFeature.WRITE_NAN_AS_STRINGS} for texts; for taking the last of two properties of one
   * name, {@code StreamReadFeature.STRICT_DUPLICATE_DETECTION}.
   *
   * <pre>{@code
   * JsonMapper lenient =
   *     JsonCodec.mapper()
   *         .rebuild()
   *         .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
   *         .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
   *         .build();
   * }</pre>
   *
   * @return the mapper; immutable
   * @throws IllegalStateException if Jackson is too old, naming what was found and what is needed
   */
  public static JsonMapper mapper() {
    JacksonLibraries.check();
    return StrictMapper.INSTANCE;
  }

  @Override
  public byte[] encode(V value) throws IOException {
    byte[] json;
    try {
      json = writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IOException(JsonFailures.describe(e), e);
    }
    if (json.length == 4 && json[0] == 'n') {
      throw new IOException("its JSON is null, which is never a value");
    }
    if (known == null || !known.comesBack(value)) {
      checkThatItComesBack(value, json);
    }
    return json;
  }

  private void checkThatItComesBack(V value, byte[] json) throws IOException {
    V read;
    try {
      read = decode(json);
    } catch (IOException | RuntimeException e) {
      throw new IOException("it could not be read back: " + e.getMessage(), e);
    }
    String difference = Likeness.difference(mapper, value, read);
    if (difference != null) {
      throw new IOException("it would not come back equal: " + difference);
    }
  }

  @Override
  public V decode(byte[] bytes) throws IOException {
    try (JsonParser parser = reader.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IOException("there is no JSON, only white space or nothing");
      }
      if (first == JsonToken.VALUE_NULL) {
        throw new IOException("the JSON is null, which is never a value");
      }
      return reader.readValue(parser);
    } catch (JacksonException e) {
      throw new IOException(JsonFailures.describe(e), e);
    }
  }

  @Override
  public String contentType() {
    return "application/json";
  }
}
