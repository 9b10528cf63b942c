package io.jstorage.cli.location;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.cli.terminal.Prompt;
import io.jstorage.file.FileOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the storages that URLs on the command line name. */
public final class LocationResolver {
  private final StorageProvider provider =
      StorageProvider.load(LocationResolver.class.getClassLoader());
  private final Factories factories = new Factories();
  private final Secrets secrets;

  /**
   * Takes what secrets are found with.
   *
   * @param environment the environment variables
   * @param prompt somebody to ask for a password
   * @param ask whether to ask
   */
  public LocationResolver(Map<String, String> environment, Prompt prompt, boolean ask) {
    this.secrets = new Secrets(environment, prompt, ask);
  }

  public StorageProvider provider() {
    return provider;
  }

  /**
   * Finds a storage.
   *
   * @param argument a URL, a service name, or {@code env:NAME} for a URL in the environment
   */
  public StorageLocation resolve(String argument, StorageRole role) {
    String text = secrets.url(argument);
    if (text.indexOf(':') < 0) {
      StorageFactory factory = factories.byName(text).orElseThrow(() -> unknown(text));
      return location(factory, StorageOptions.none(), text, role, null, argument);
    }
    StorageUrl url = StorageUrl.parse(text);
    StorageFactory factory =
        factories.byScheme(url.scheme()).orElseThrow(() -> unknown(url.scheme() + ":"));
    return location(factory, factory.fromUrl(url), url.toString(), role, url, argument);
  }

  /** The provider says what there is, and what to add. */
  private RuntimeException unknown(String nameOrUrl) {
    try {
      (nameOrUrl.endsWith(":") ? provider.open(nameOrUrl) : provider.create(nameOrUrl)).close();
    } catch (RuntimeException e) {
      return e;
    }
    return new UsageException("there is no storage '%s'".formatted(nameOrUrl));
  }

  private StorageLocation location(
      StorageFactory factory,
      StorageOptions given,
      String shown,
      StorageRole role,
      @Nullable StorageUrl url,
      String argument) {
    Set<Option<?>> known = new HashSet<>(factory.options());
    Set<String> ofCodec = new HashSet<>();
    Set<String> ofTransforms = new HashSet<>();
    Format format = null;
    if (factory.defaultCodec().isPresent()) {
      String codec = given.find(StandardOptions.CODEC).or(factory::defaultCodec).orElseThrow();
      List<String> transforms =
          given.find(StandardOptions.TRANSFORMS).orElseGet(factory::defaultTransforms);
      Set<Option<?>> codecOptions =
          factories.codec(codec).map(each -> each.options()).orElse(Set.of());
      Set<Option<?>> transformOptions =
          transforms.stream()
              .flatMap(name -> factories.transform(name).stream())
              .flatMap(each -> each.options().stream())
              .collect(Collectors.toSet());
      known.addAll(codecOptions);
      known.addAll(transformOptions);
      ofCodec.add(StandardOptions.CODEC.name());
      codecOptions.forEach(option -> ofCodec.add(option.name()));
      ofTransforms.add(StandardOptions.TRANSFORMS.name());
      transformOptions.forEach(option -> ofTransforms.add(option.name()));
      Map<String, Object> settings = new LinkedHashMap<>();
      for (Option<?> option : union(codecOptions, transformOptions)) {
        if (given.has(option)) {
          settings.put(option.name(), given.get(option));
        }
      }
      format = new Format(codec, List.copyOf(transforms), settings);
    }
    if (url != null) {
      Secrets.refuseIn(argument, url, known);
    }
    Set<String> accepted = new HashSet<>(ofCodec);
    accepted.addAll(ofTransforms);
    known.forEach(option -> accepted.add(option.name()));
    // The provider refuses other options before it opens anything.
    if (accepted.containsAll(given.names())) {
      requirePath(factory, given, role);
    }
    StorageOptions complete = secrets.addTo(given, known, role);
    return new StorageLocation(
        provider, factory.name(), complete, ofCodec, ofTransforms, format, shown);
  }

  private static Set<Option<?>> union(Set<Option<?>> some, Set<Option<?>> others) {
    Set<Option<?>> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /**
   * Refuses a path that is not there and has to be: opening would make it, so that a name with a
   * typing error would be an empty storage. The files of ours are in a directory; a storage of
   * somebody else may be one file.
   */
  private static void requirePath(
      StorageFactory factory, StorageOptions options, StorageRole role) {
    for (Option<?> option : factory.options()) {
      if (option.type() == Path.class && option.name().equals("path") && options.has(option)) {
        Path path = (Path) options.get(option);
        boolean directory = option.equals(FileOptions.PATH);
        if (!Files.exists(path)) {
          if (role.exists()) {
            throw new StorageUnavailableException(
                (directory ? "there is no directory " : "there is nothing at ") + path,
                null,
                false);
          }
        } else if (directory && !Files.isDirectory(path)) {
          throw new StorageUnavailableException(path + " is not a directory", null, false);
        }
      }
    }
  }
}
