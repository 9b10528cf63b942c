package io.jstorage.jcache;

import io.jstorage.StorageException;
import io.jstorage.cache.CachePlace;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a manager: the storages of its caches, by the properties file that its URI
 * names and by the properties that it was made with. The latter take precedence.
 */
final class ManagerConfiguration {
  static final String PREFIX = "io.jstorage.jcache.";

  private static final String TEMPLATE = "template";
  private static final String CACHE = "cache.";
  private static final String ALLOW = "allow";

  /** The storage of caches that are not configured. */
  private static final String DEFAULT_TEMPLATE = "lru:?limit=10000";

  private final Map<String, CachePlace> caches = new HashMap<>();
  private final CachePlace template;
  private final List<String> allowed;

  private ManagerConfiguration(Map<String, Object> settings, StorageProvider provider) {
    Map<Object, String> taken = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(CACHE) && name.length() > CACHE.length()) {
            CachePlace place = place(name, value, provider);
            String other = taken.putIfAbsent(value, name);
            if (other != null && !place.isOfOneCache()) {
              throw new CacheException(
                  "%s and %s name the same place: their caches would see each other's entries"
                      .formatted(other, name));
            }
            caches.put(name.substring(CACHE.length()), place);
          } else if (!name.equals(TEMPLATE) && !name.equals(ALLOW)) {
            throw new CacheException(
                "there is no property '%s': there are template, allow, and cache.NAME for the cache NAME"
                    .formatted(name));
          }
        });
    this.template = place(TEMPLATE, settings.getOrDefault(TEMPLATE, DEFAULT_TEMPLATE), provider);
    if (!template.isOfOneCache()) {
      throw new CacheException(
          "the template names the same place for all caches, which would see each other's entries:"
              + " put {cache} into it where the caches' names may stand, such as in a path or a"
              + " namespace");
    }
    this.allowed =
        Arrays.stream(settings.getOrDefault(ALLOW, "").toString().split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private static CachePlace place(String name, Object value, StorageProvider provider) {
    try {
      return CachePlace.of(value, provider);
    } catch (StorageException e) {
      throw new CacheException("the property '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Reads the configuration of a manager.
   *
   * @throws CacheException if something is wrong with it
   */
  static ManagerConfiguration of(
      URI uri, ClassLoader loader, Properties properties, StorageProvider provider) {
    Map<String, Object> settings = new TreeMap<>();
    try {
      Properties file = new Properties();
      try (Reader reader = open(uri, loader)) {
        if (reader != null) {
          file.load(reader);
        }
      }
      file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
      for (Map.Entry<String, Object> own : ownOf(properties).entrySet()) {
        settings.put(own.getKey(), own.getValue());
      }
      return new ManagerConfiguration(settings, provider);
    } catch (IOException | IllegalArgumentException e) {
      throw new CacheException(
          "cannot read the configuration '%s' of a cache manager: %s".formatted(uri, e), e);
    } catch (CacheException e) {
      throw new CacheException(
          "the configuration '%s' of a cache manager is wrong: %s".formatted(uri, e.getMessage()),
          e);
    }
  }

  /** The properties that are ours, without their prefix; others belong to others. */
  private static Map<String, Object> ownOf(Properties properties) {
    Map<String, Object> own = new LinkedHashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        own.put(name.substring(PREFIX.length()), properties.getProperty(name));
      }
    }
    properties.forEach(
        (name, value) -> {
          if (name instanceof String text && text.startsWith(PREFIX)) {
            own.put(text.substring(PREFIX.length()), value);
          }
        });
    return own;
  }

  /** Opens the file; null for a URI that is only a name. */
  private static @Nullable Reader open(URI uri, ClassLoader loader) throws IOException {
    String scheme =
        uri.getScheme() == null ? "classpath" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals(StorageCachingProvider.SCHEME)) {
      return null;
    }
    InputStream stream;
    if (scheme.equals("classpath")) {
      String path = uri.getScheme() == null ? uri.toString() : uri.getSchemeSpecificPart();
      stream = loader.getResourceAsStream(path.startsWith("/") ? path.substring(1) : path);
      if (stream == null) {
        throw new IOException("there is no such resource on the class path");
      }
    } else {
      stream = open(uri.toURL());
    }
    return new InputStreamReader(stream, StandardCharsets.UTF_8);
  }

  private static InputStream open(URL url) throws IOException {
    String text = url.toString().toLowerCase(Locale.ROOT);
    String source = text.startsWith("jar:") ? text.substring("jar:".length()) : text;
    if (source.startsWith("http:") || source.startsWith("https:") || source.startsWith("ftp:")) {
      throw new IOException("a configuration is not read from the network");
    }
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // A jar that stays open cannot be replaced.
    return connection.getInputStream();
  }

  CachePlace placeOf(String cache) {
    return caches.getOrDefault(cache, template);
  }

  /** Returns whether caches of which nothing is said may keep references. */
  boolean keepReferences() {
    return template.isInMemory();
  }

  /** The classes that keys may be of by Java serialization. */
  List<String> allowed() {
    return allowed;
  }
}
