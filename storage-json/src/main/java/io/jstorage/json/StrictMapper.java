package io.jstorage.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

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
        .addModule(
            new SimpleModule("jstorage")
                .setDeserializerModifier(new FiniteNumbers())
                .addDeserializer(Object.class, new UntypedDeserializer())
                .addDeserializer(Number.class, new NumberDeserializer()))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
        .build();
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
        .addDecorator((factory, generator) -> new StrictGenerator(generator))
        // Fastest on platform threads, with nothing shared between them. A virtual thread finds no
        // buffers of its own and allocates them, as it would without a pool.
        .recyclerPool(JsonRecyclerPools.threadLocalPool())
        .build();
  }
}
