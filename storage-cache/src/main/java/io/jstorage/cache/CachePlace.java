package io.jstorage.cache;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.UnknownStorageException;
import io.jstorage.provider.StorageDescription;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StorageUrl;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The storage of one or several caches: a URL, or the name of a service with its options. {@code
 * {cache}} in it stands for the name of the cache. Immutable.
 */
public final class CachePlace {
  private static final String CACHE = "{cache}";
  private static final String STORAGE = "storage";
  private static final Option<String> SERVICE = Option.text("service");
  private static final Option<List<String>> ALLOW = Option.texts("serialized.allow");

  /** A URL, or null where there are options. */
  private final @Nullable String url;

  private final String service;

  /** All options; those that a URL has in its query among them. */
  private final StorageOptions options;

  /** The options beside a URL. */
  private final StorageOptions further;

  private final boolean inMemory;
  private final @Nullable String codec;

  private CachePlace(
      @Nullable String url,
      String service,
      StorageOptions options,
      StorageOptions further,
      StorageProvider provider) {
    this.url = url;
    this.service = service;
    this.further = further;
    this.options = options.withAll(further);
    String own = codecOf(service, this.options, provider);
    CachePlace behind = own == null ? behind(this.options, provider) : null;
    this.codec = behind == null ? own : behind.codec;
    this.inMemory =
        codec == null
            && (behind == null ? !this.options.names().contains(STORAGE) : behind.inMemory);
  }

  /** The codec's name; null for a service that keeps objects. */
  private static @Nullable String codecOf(
      String service, StorageOptions options, StorageProvider provider) {
    StorageDescription description = describe(service, provider);
    Option<String> codec = StandardOptions.CODEC;
    if (description != null) {
      Optional<Option<?>> taken =
          description.options().stream().filter(o -> o.name().equals(codec.name())).findFirst();
      if (taken.isEmpty()) {
        return null;
      }
      return options.get(codec.withDefault(defaultOf(taken.get())));
    }
    return options.get(codec.withDefault("absent"));
  }

  /** Null for a service of which not all can be told: its default codec may be missing, say. */
  private static @Nullable StorageDescription describe(String service, StorageProvider provider) {
    try {
      return provider.describe(service);
    } catch (InvalidOptionException | LinkageError e) {
      return null;
    }
  }

  private static String defaultOf(Option<?> codec) {
    return codec.defaultValue().map(Object::toString).orElse("");
  }

  /** The storage behind a policy, if it is named; null for others, and for a storage itself. */
  private static @Nullable CachePlace behind(StorageOptions options, StorageProvider provider) {
    return options.find(Option.object(STORAGE, Object.class)).orElse(null) instanceof String named
        ? of(named, provider)
        : null;
  }

  /**
   * Reads a place from a configuration.
   *
   * @param given a URL, the name of a service, or {@link StorageOptions} with the option {@code
   *     service}
   * @param provider knows the services
   * @return the place
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if it is none of these
   */
  public static CachePlace of(Object given, StorageProvider provider) {
    return of(given, StorageOptions.none(), provider);
  }

  /**
   * Reads a place from what stands in a configuration, with further options.
   *
   * @param given a URL, the name of a service, or {@link StorageOptions} with the option {@code
   *     service}
   * @param further further options, such as objects; none that is given already
   * @param provider knows the services
   * @return the place
   * @throws UnknownStorageException if there is no such storage
   * @throws InvalidOptionException if it is none of these, or an option is given twice
   */
  public static CachePlace of(Object given, StorageOptions further, StorageProvider provider) {
    if (given instanceof StorageOptions options) {
      return new CachePlace(
          null, options.get(SERVICE), options.without(SERVICE.name()), further, provider);
    }
    if (!(given instanceof String text)) {
      throw new InvalidOptionException(
          "a place is a URL, the name of a service, or StorageOptions with the option 'service',"
              + " not "
              + given.getClass().getName());
    }
    if (text.indexOf(':') < 0) {
      return new CachePlace(null, text.strip(), StorageOptions.none(), further, provider);
    }
    StorageUrl parsed = StorageUrl.parse(text.strip());
    return new CachePlace(
        text.strip(),
        serviceOf(parsed, provider),
        StorageOptions.from(parsed.query()),
        further,
        provider);
  }

  private static String serviceOf(StorageUrl url, StorageProvider provider) {
    // Most services are named after their scheme: nothing is asked of the others.
    String usual = "storage." + url.scheme();
    if (provider.names().contains(usual)) {
      return usual;
    }
    for (String name : provider.names()) {
      StorageDescription description = describe(name, provider);
      if (description != null && description.schemes().contains(url.scheme())) {
        return name;
      }
    }
    // It fails, and says what there is and what to add.
    provider.open(url.scheme() + ":").close();
    throw new UnknownStorageException("there is no storage for " + url);
  }

  /**
   * Returns whether the entries are objects of this process, one place for each cache.
   *
   * @return true if they are
   */
  public boolean isInMemory() {
    return inMemory;
  }

  /**
   * Returns the name of the codec, also of one in a storage that is named behind a policy.
   *
   * @return the name; null where objects are kept, or where it cannot be known
   */
  public @Nullable String codec() {
    return codec;
  }

  /**
   * Returns whether two caches of different names are kept in different places.
   *
   * @return true if they are
   */
  public boolean isOfOneCache() {
    return inMemory
        || (url != null && url.contains(CACHE))
        || options.names().stream().anyMatch(name -> textOf(name).contains(CACHE));
  }

  private String textOf(String option) {
    Object value = options.find(Option.object(option, Object.class)).orElse("");
    return value instanceof String text ? text : "";
  }

  /**
   * Returns the classes that values may be of by Java serialization; keys may be of them, too.
   *
   * @return names as the option {@code serialized.allow} takes them
   */
  public List<String> allowed() {
    return options.find(ALLOW).orElse(List.of());
  }

  /**
   * Returns the source of the current time.
   *
   * @return the source
   */
  public InstantSource clock() {
    return options.get(StandardOptions.CLOCK);
  }

  /**
   * Opens the storage for one cache.
   *
   * @param cache the name of the cache
   * @param type the type of the values
   * @param provider opens it
   * @param <T> the type of the values
   * @return the storage, to be closed by the caller
   * @throws StorageException if that fails
   */
  public <T> Storage<T> open(String cache, TypeRef<T> type, StorageProvider provider) {
    String name = safe(cache);
    if (url != null) {
      return provider.open(url.replace(CACHE, name), type, replaced(further, name));
    }
    return provider.create(service, type, replaced(options, name));
  }

  private static StorageOptions replaced(StorageOptions given, String name) {
    StorageOptions replaced = given;
    for (String option : given.names()) {
      if (given.find(Option.object(option, Object.class)).orElse("") instanceof String text
          && text.contains(CACHE)) {
        replaced = replaced.with(option, text.replace(CACHE, name));
      }
    }
    return replaced;
  }

  /**
   * Returns a cache's name in letters that URLs, paths and namespaces take as they are.
   *
   * @param cache the name
   * @return the letters; different names have different ones
   */
  public static String safe(String cache) {
    StringBuilder safe = new StringBuilder();
    for (byte b : cache.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || (c == '.' && safe.length() > 0);
      if (plain) {
        safe.append(c);
      } else {
        safe.append('~')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return safe.toString();
  }

  /** Names the service; a URL may have a password in it. */
  @Override
  public String toString() {
    return service;
  }
}
