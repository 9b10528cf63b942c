package io.jstorage.provider;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.UnknownStorageException;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

// Longer than other files for the Javadoc of the names of services and of each form of creating.
/**
 * Makes storages by name or URL, from the backends on the class path or the module path and those
 * that are registered here.
 *
 * <p>A provider knows no backend at compile time. A jar that cannot be loaded harms no other: it is
 * remembered, and reported when a requested name is not found. Every option, codec and transform is
 * checked before anything is opened.
 *
 * <p>Thread-safe. There is no global provider: factories that are registered with one are not seen
 * by another.
 */
public final class StorageProvider {
  /** JSON in one file per key: {@value}. */
  public static final String STORAGE_JSON = "storage.json";

  /** Java serialization in one file per key: {@value}. */
  public static final String STORAGE_SERIALIZED = "storage.serialized";

  /** Java serialization, compressed by gzip, in one file per key: {@value}. */
  public static final String STORAGE_SERIALIZED_GZIP = "storage.serialized.gzip";

  /** Pickles of Python in one file per key, with the jar {@code storage-pickle}: {@value}. */
  public static final String STORAGE_PICKLE = "storage.pickle";

  /** The same, compressed by gzip: {@value}. */
  public static final String STORAGE_PICKLE_GZIP = "storage.pickle.gzip";

  /** A limited number of files, of which the least recently used is evicted: {@value}. */
  public static final String STORAGE_DISKLRU = "storage.disklru";

  /**
   * A limited number of objects in memory, of which the least recently used is evicted: {@value}.
   */
  public static final String STORAGE_LRU = "storage.lru";

  /** Expiry in front of a storage that keeps deadlines or write times: {@value}. */
  public static final String STORAGE_VOLATILE = "storage.volatile";

  /** Memory in front of any storage: {@value}. */
  public static final String STORAGE_NEAR = "storage.near";

  /** Answers for a storage that fails: {@value}. */
  public static final String STORAGE_FALLBACK = "storage.fallback";

  /** Loading anew before entries expire: {@value}. */
  public static final String STORAGE_REFRESH = "storage.refresh";

  /** A storage that can be read only: {@value}. */
  public static final String STORAGE_READONLY = "storage.readonly";

  /** The entries whose keys start with a prefix: {@value}. */
  public static final String STORAGE_PREFIX = "storage.prefix";

  /** Retries and a circuit breaker: {@value}. */
  public static final String STORAGE_RESILIENT = "storage.resilient";

  /** Objects in an S3 bucket: {@value}. */
  public static final String STORAGE_S3 = "storage.s3";

  /** Text in Redis: {@value}. */
  public static final String STORAGE_REDIS = "storage.redis";

  /** JSON in Redis: {@value}. */
  public static final String STORAGE_REDIS_JSON = "storage.redis.json";

  private static final String IN_OPTIONS = "in the options";
  private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

  private final Catalog<StorageFactory> storages;
  private final Catalog<CodecFactory> codecs;
  private final Catalog<ByteTransformFactory> transforms;

  private StorageProvider(Sources sources) {
    this.storages =
        new Catalog<>("storage", StorageFactory.class, sources, StorageProvider::nameOf);
    this.codecs = new Catalog<>("codec", CodecFactory.class, sources, CodecFactory::name);
    this.transforms =
        new Catalog<>("transform", ByteTransformFactory.class, sources, ByteTransformFactory::name);
  }

  /**
   * Finds the backends that the thread's context class loader sees, and those that this library's
   * own class loader sees. A backend that both see is taken from the context class loader.
   *
   * <p>The result is the same on every thread of an application that has one class loader, also on
   * the threads of the common pool and of parallel streams, whose context class loader is not that
   * of an application in a jar of jars.
   *
   * @return a provider of its own
   */
  public static StorageProvider load() {
    return new StorageProvider(Sources.ofThread());
  }

  /**
   * Finds the backends that any of some class loaders sees, those of its modules included, and no
   * others. A backend that several see is taken from the first of them.
   *
   * <p>In OSGi, where a bundle sees the classes of another and not its services files, name a class
   * of each bundle: {@code load(StorageProvider.class.getClassLoader(),
   * FileStore.class.getClassLoader())}.
   *
   * @param loader the class loader
   * @param more further class loaders
   * @return a provider of its own
   */
  public static StorageProvider load(ClassLoader loader, ClassLoader... more) {
    List<ClassLoader> loaders = new ArrayList<>();
    loaders.add(Objects.requireNonNull(loader, "loader"));
    loaders.addAll(List.of(more));
    return new StorageProvider(new Sources(loaders));
  }

  /**
   * Finds the backends in a module layer and its ancestors.
   *
   * @param layer the layer
   * @return a provider of its own
   */
  public static StorageProvider load(ModuleLayer layer) {
    return new StorageProvider(new Sources(Objects.requireNonNull(layer, "layer")));
  }

  /**
   * Adds a storage, in place of a found or earlier registered one of that name.
   *
   * @param factory makes the storages
   * @return this provider
   */
  public StorageProvider register(StorageFactory factory) {
    storages.register(factory);
    return this;
  }

  /**
   * Adds a codec, in place of a found or earlier registered one of that name.
   *
   * @param factory makes the codecs
   * @return this provider
   */
  public StorageProvider register(CodecFactory factory) {
    codecs.register(factory);
    return this;
  }

  /**
   * Adds a transform, in place of a found or earlier registered one of that name.
   *
   * @param factory makes the transforms
   * @return this provider
   */
  public StorageProvider register(ByteTransformFactory factory) {
    transforms.register(factory);
    return this;
  }

  /**
   * Returns the names of the storages that are there.
   *
   * @return an unmodifiable set in alphabetical order
   */
  public Set<String> names() {
    return storages.names();
  }

  /**
   * Describes a storage: its URL schemes, and its options with their meaning and defaults, those of
   * its default codec and transforms included.
   *
   * @param name the name
   * @return the description
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if its default codec or transforms are not there
   */
  public StorageDescription describe(String name) {
    StorageFactory factory = storage(name);
    return new StorageDescription(
        factory,
        ResolvedSpec.accepted(factory, StorageOptions.none(), null, codecs, transforms).values());
  }

  /**
   * Makes a storage without options, for values of the type that its codec reads and writes.
   *
   * @param name the service name
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage; the message lists what there is,
   *     and what to add
   * @throws InvalidOptionException if it has an option that must be given
   * @throws StorageException if the medium cannot be opened
   */
  public Storage<Object> create(String name) {
    return create(name, ANY, StorageOptions.none());
  }

  /**
   * Makes a storage for values of the type that its codec reads and writes.
   *
   * @param name the service name
   * @param options its options, and those of its codec and transforms
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage; the message lists what there is,
   *     and what to add
   * @throws InvalidOptionException if an option is unknown, missing or malformed; the message lists
   *     what is accepted
   * @throws StorageException if the medium cannot be opened
   */
  public Storage<Object> create(String name, StorageOptions options) {
    return create(name, ANY, options);
  }

  /**
   * Makes a storage without options, for values of one class.
   *
   * @param name the service name
   * @param type the class of the values
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if it has an option that must be given, or its codec cannot hold
   *     such values
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> create(String name, Class<V> type) {
    return create(name, TypeRef.of(type), StorageOptions.none());
  }

  /**
   * Makes a storage for values of one class.
   *
   * @param name the service name
   * @param type the class of the values
   * @param options its options, and those of its codec and transforms
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if an option is unknown, missing or malformed, or the codec
   *     cannot hold such values
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> create(String name, Class<V> type, StorageOptions options) {
    return create(name, TypeRef.of(type), options);
  }

  /**
   * Makes a storage for values of a type with type arguments.
   *
   * @param name the service name
   * @param type the type of the values
   * @param options its options, and those of its codec and transforms
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if an option is unknown, missing or malformed, or the codec
   *     cannot hold such values
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> create(String name, TypeRef<V> type, StorageOptions options) {
    return make(storage(name), type, null, options);
  }

  /**
   * Makes a storage with a given codec. Only in this form does the compiler check that the codec
   * and the values agree.
   *
   * @param name the service name
   * @param codec how values become bytes
   * @param options the storage's options, without {@code codec}, and those of its transforms
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if an option is unknown, missing or malformed, or if the storage
   *     keeps objects and takes no codec
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> create(String name, Codec<V> codec, StorageOptions options) {
    return make(storage(name), any(), Objects.requireNonNull(codec, "codec"), options);
  }

  /**
   * Opens the storage that a URL names, such as {@code json:/var/cache/app} or {@code
   * volatile:?expiration=5s}, for values of the type that its codec reads and writes.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option in it is malformed
   * @throws StorageException if the medium cannot be opened
   */
  public Storage<Object> open(String url) {
    return open(url, ANY);
  }

  /**
   * Opens the storage that a URL names, with further options such as objects, which have no text
   * form, or passwords, for values of the type that its codec reads and writes.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param options further options, and those of the codec and transforms; none that the URL gives
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option is malformed, or an option is given
   *     twice
   * @throws StorageException if the medium cannot be opened
   */
  public Storage<Object> open(String url, StorageOptions options) {
    return open(url, ANY, options);
  }

  /**
   * Opens the storage that a URL names, for values of one class.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param type the class of the values
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option in it is malformed
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(String url, Class<V> type) {
    return open(url, TypeRef.of(type));
  }

  /**
   * Opens the storage that a URL names, with further options, for values of one class.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param type the class of the values
   * @param options further options, and those of the codec and transforms; none that the URL gives
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option is malformed, or an option is given
   *     twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(String url, Class<V> type, StorageOptions options) {
    return open(url, TypeRef.of(type), options);
  }

  /**
   * Opens the storage that a URL names, for values of a type with type arguments.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param type the type of the values
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option in it is malformed
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(String url, TypeRef<V> type) {
    return open(url, type, StorageOptions.none());
  }

  /**
   * Opens the storage that a URL names, with further options, for values of a type with type
   * arguments.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param type the type of the values
   * @param options further options, and those of the codec and transforms; none that the URL gives
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option is malformed, or an option is given
   *     twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(String url, TypeRef<V> type, StorageOptions options) {
    return openUrl(url, type, null, options);
  }

  /**
   * Opens the storage that a URL names, with a codec in hand.
   *
   * @param url {@code scheme ':' ['//' authority] [path] ['?' query]}; see {@link StorageUrl}
   * @param codec how values become bytes
   * @param options further options, and those of the transforms; none that the URL gives
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if no storage answers to the scheme
   * @throws InvalidOptionException if the URL or an option is malformed, an option is given twice,
   *     or the storage keeps objects and takes no codec
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(String url, Codec<V> codec, StorageOptions options) {
    return openUrl(url, any(), Objects.requireNonNull(codec, "codec"), options);
  }

  /**
   * Opens the storage that a group of properties describes: {@code <prefix>.service} holds a
   * service name or a URL, every other property {@code <prefix>.<option>} an option.
   *
   * @param properties the properties
   * @param prefix the beginning of the names of the group, without the dot
   * @param type the class of the values
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if {@code <prefix>.service} is missing, or an option is unknown,
   *     missing, malformed or given twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(Properties properties, String prefix, Class<V> type) {
    return open(properties, prefix, TypeRef.of(type));
  }

  /**
   * Opens the storage that a group of properties describes, as {@link #open(Properties, String,
   * Class)} does, with further options.
   *
   * @param properties the properties
   * @param prefix the beginning of the names of the group, without the dot
   * @param type the class of the values
   * @param options further options such as objects, which have no text form; none that the
   *     properties give
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if {@code <prefix>.service} is missing, or an option is unknown,
   *     missing, malformed or given twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(
      Properties properties, String prefix, Class<V> type, StorageOptions options) {
    return open(properties, prefix, TypeRef.of(type), options);
  }

  /**
   * Opens the storage that a group of properties describes, as {@link #open(Properties, String,
   * Class)} does, for values of a type with type arguments.
   *
   * @param properties the properties
   * @param prefix the beginning of the names of the group, without the dot
   * @param type the type of the values
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if {@code <prefix>.service} is missing, or an option is unknown,
   *     missing, malformed or given twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(Properties properties, String prefix, TypeRef<V> type) {
    return open(properties, prefix, type, StorageOptions.none());
  }

  /**
   * Opens the storage that a group of properties describes, as {@link #open(Properties, String,
   * Class)} does, with further options, for values of a type with type arguments.
   *
   * @param properties the properties
   * @param prefix the beginning of the names of the group, without the dot
   * @param type the type of the values
   * @param options further options such as objects, which have no text form; none that the
   *     properties give
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if {@code <prefix>.service} is missing, or an option is unknown,
   *     missing, malformed or given twice
   * @throws StorageException if the medium cannot be opened
   */
  public <V> Storage<V> open(
      Properties properties, String prefix, TypeRef<V> type, StorageOptions options) {
    String service = properties.getProperty(prefix + ".service");
    if (service == null) {
      throw new InvalidOptionException(
          "there is no property '%s.service': it must be a service name such as storage.json, or a URL"
              .formatted(prefix));
    }
    StorageOptions group = StorageOptions.from(properties, prefix + ".").without("service");
    return make(
        named(service).addProperties(group, prefix + ".").add(options, IN_OPTIONS), type, null);
  }

  <V> Storage<V> openNameOrUrl(String nameOrUrl, TypeRef<V> type) {
    return make(named(nameOrUrl), type, null);
  }

  private <V> Storage<V> openUrl(
      String url, TypeRef<V> type, @Nullable Codec<V> codec, StorageOptions more) {
    return make(named(StorageUrl.parse(url)).add(more, IN_OPTIONS), type, codec);
  }

  /** Returns a factory with the options that its URL gives. */
  private MergedOptions named(String nameOrUrl) {
    return nameOrUrl.indexOf(':') < 0
        ? new MergedOptions(storage(nameOrUrl))
        : named(StorageUrl.parse(nameOrUrl));
  }

  private MergedOptions named(StorageUrl url) {
    StorageFactory factory = storages.byScheme(url.scheme(), StorageFactory::schemes);
    return new MergedOptions(factory).add(factory.fromUrl(url), "in the URL " + url);
  }

  private <V> Storage<V> make(MergedOptions named, TypeRef<V> type, @Nullable Codec<V> codec) {
    return make(named.factory(), type, codec, named.options());
  }

  /** Requests the schemes, too: a factory that fails to return them would fail every URL. */
  private static String nameOf(StorageFactory factory) {
    Objects.requireNonNull(factory.schemes(), "schemes");
    return factory.name();
  }

  private StorageFactory storage(String name) {
    return storages.byName(Objects.requireNonNull(name, "name"), UnknownStorageException::new);
  }

  private <V> Storage<V> make(
      StorageFactory factory, TypeRef<V> type, @Nullable Codec<V> codec, StorageOptions options) {
    ResolvedSpec<V> spec =
        ResolvedSpec.resolve(this, factory, type, codec, options, codecs, transforms);
    return Objects.requireNonNull(factory.create(spec), factory.name());
  }

  /** The given codec determines the type of the values; this reference is not read. */
  @SuppressWarnings("unchecked")
  private static <V> TypeRef<V> any() {
    return (TypeRef<V>) ANY;
  }
}
