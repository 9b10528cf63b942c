package io.jstorage.json;

import java.io.Serializable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules of {@link JsonCodec}, as Jackson's settings. */
final class StrictMapper {
  /** 500 levels, Jackson's own default: what a small thread stack bears when writing beans. */
  static final int MAX_DEPTH = 500;

  /** 50 kB, Jackson's own default: names are kept in a table that outlives the text. */
  static final int MAX_NAME_BYTES = 50_000;

  /** 1 000 characters, Jackson's own default: reading a number costs the square of its length. */
  static final int MAX_NUMBER_LENGTH = 1_000;

  static final JsonMapper INSTANCE = build();

  private StrictMapper() {}

  private static JsonMapper build() {
    return JsonMapper.builder(factory())
        .addModule(module())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        // Two constants may have one label, but not one name.
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .enable(MapperFeature.USE_GETTERS_AS_SETTERS)
        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
        .build();
  }

  private static SimpleModule module() {
    return new Module()
        .setDeserializerModifier(new StrictReaders())
        .addDeserializer(Object.class, new UntypedDeserializer())
        .addDeserializer(Serializable.class, as(new UntypedDeserializer()))
        .addDeserializer(Number.class, new NumberDeserializer())
        .addDeserializer(JsonNode.class, as(new TreeDeserializer(JsonNode.class)))
        .addDeserializer(ObjectNode.class, as(new TreeDeserializer(ObjectNode.class)))
        .addDeserializer(ArrayNode.class, as(new TreeDeserializer(ArrayNode.class)));
  }

  private static final class Module extends SimpleModule {
    private static final long serialVersionUID = 1L;

    Module() {
      super("jstorage");
    }
  }

  /** A deserializer that is declared to make an Object makes the type that it is registered for. */
  @SuppressWarnings("unchecked")
  private static <T> ValueDeserializer<T> as(ValueDeserializer<Object> deserializer) {
    return (ValueDeserializer<T>) (ValueDeserializer<?>) deserializer;
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_BYTES)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(Integer.MAX_VALUE)
                .build())
        .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .addDecorator(
            (factory, generator) -> new StrictGenerator(generator, factory.streamReadConstraints()))
        // Fastest on platform threads, with nothing shared between them. A virtual thread finds no
        // buffers of its own and allocates them, as it would without a pool.
        .recyclerPool(JsonRecyclerPools.threadLocalPool())
        .build();
  }
}
