package io.jstorage.provider;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A specification whose options are checked and whose codec and transforms are made. */
final class ResolvedSpec<V> implements StorageSpec<V> {
  private final StorageProvider provider;
  private final TypeRef<V> type;
  private final StorageOptions options;
  private final @Nullable Codec<V> codec;
  private final List<ByteTransform> transforms;

  private ResolvedSpec(
      StorageProvider provider,
      TypeRef<V> type,
      StorageOptions options,
      @Nullable Codec<V> codec,
      List<ByteTransform> transforms) {
    this.provider = provider;
    this.type = type;
    this.options = options;
    this.codec = codec;
    this.transforms = transforms;
  }

  static <V> ResolvedSpec<V> resolve(
      StorageProvider provider,
      StorageFactory factory,
      TypeRef<V> type,
      @Nullable Codec<V> codecInHand,
      StorageOptions options,
      Catalog<CodecFactory> codecs,
      Catalog<ByteTransformFactory> transforms) {
    try {
      Map<String, Option<?>> accepted = accepted(factory, options, codecInHand, codecs, transforms);
      check(options, accepted, codecInHand != null);
      Codec<V> codec = codecInHand;
      if (codec == null && factory.defaultCodec().isPresent()) {
        codec = codecFactory(factory, options, codecs).create(type, options);
      }
      List<ByteTransform> made = new ArrayList<>();
      for (ByteTransformFactory each : transformFactories(factory, options, transforms)) {
        made.add(each.create(options));
      }
      return new ResolvedSpec<>(provider, type, options, codec, List.copyOf(made));
    } catch (InvalidOptionException e) {
      throw new InvalidOptionException(
          "cannot make %s: %s".formatted(factory.name(), e.getMessage()), e.getCause());
    }
  }

  /** The options of a storage with those of the named codec and transforms. */
  static Map<String, Option<?>> accepted(
      StorageFactory factory,
      StorageOptions options,
      @Nullable Codec<?> codecInHand,
      Catalog<CodecFactory> codecs,
      Catalog<ByteTransformFactory> transforms) {
    Map<String, Option<?>> accepted = new TreeMap<>();
    add(accepted, factory.options());
    if (factory.defaultCodec().isEmpty()) {
      if (codecInHand != null) {
        throw new InvalidOptionException("it keeps objects as they are and takes no codec");
      }
      return accepted;
    }
    if (codecInHand == null) {
      add(accepted, Set.of(StandardOptions.CODEC.withDefault(factory.defaultCodec().get())));
      add(accepted, codecFactory(factory, options, codecs).options());
    }
    add(accepted, Set.of(StandardOptions.TRANSFORMS.withDefault(factory.defaultTransforms())));
    for (ByteTransformFactory each : transformFactories(factory, options, transforms)) {
      add(accepted, each.options());
    }
    return accepted;
  }

  private static void add(Map<String, Option<?>> accepted, Set<Option<?>> options) {
    for (Option<?> option : options) {
      accepted.put(option.name(), option);
    }
  }

  private static CodecFactory codecFactory(
      StorageFactory factory, StorageOptions options, Catalog<CodecFactory> codecs) {
    String name = options.find(StandardOptions.CODEC).or(factory::defaultCodec).orElseThrow();
    return codecs.byName(name, InvalidOptionException::new);
  }

  private static List<ByteTransformFactory> transformFactories(
      StorageFactory factory, StorageOptions options, Catalog<ByteTransformFactory> transforms) {
    if (factory.defaultCodec().isEmpty()) {
      return List.of();
    }
    return options.find(StandardOptions.TRANSFORMS).orElseGet(factory::defaultTransforms).stream()
        .map(name -> transforms.byName(name, InvalidOptionException::new))
        .toList();
  }

  private static void check(
      StorageOptions options, Map<String, Option<?>> accepted, boolean withCodec) {
    for (String name : options.names()) {
      if (withCodec && name.equals(StandardOptions.CODEC.name())) {
        throw new InvalidOptionException(
            "the codec is given twice, by the option 'codec' and as an object: leave one out");
      }
      if (!accepted.containsKey(name)) {
        throw new InvalidOptionException(
            "it has no option '%s'%s; it takes %s"
                .formatted(
                    name,
                    Suggestion.nearest(name, accepted.keySet())
                        .map(nearest -> "; did you mean '%s'?".formatted(nearest))
                        .orElse(""),
                    accepted.isEmpty() ? "none" : String.join(", ", accepted.keySet())));
      }
    }
    for (Option<?> option : accepted.values()) {
      if (option.isRequired() || options.has(option)) {
        options.get(option);
      }
    }
  }

  @Override
  public TypeRef<V> type() {
    return type;
  }

  @Override
  public StorageOptions options() {
    return options;
  }

  @Override
  public List<ByteTransform> transforms() {
    return transforms;
  }

  @Override
  public Codec<V> codec() {
    if (codec == null) {
      throw new IllegalStateException("a factory without a default codec has none to ask for");
    }
    return codec;
  }

  @Override
  public Storage<V> open(String nameOrUrl) {
    return provider.openNameOrUrl(nameOrUrl, type);
  }
}
