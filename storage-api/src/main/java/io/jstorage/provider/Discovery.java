package io.jstorage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The result of a service loader: the usable factories, and the failures of the others. */
final class Discovery<F> {
  /**
   * After so many failures in a row the search ends: a loader that cannot even list its files fails
   * for ever.
   */
  private static final int MAX_FAILURES_IN_A_ROW = 100;

  /** How service loaders begin a message: {@code SERVICE: Provider NAME not found} and the like. */
  private static final String PROVIDER = "(?s)\\S+: (?:Provider )?(\\S+) .*";

  private static final String ANOTHER_COPY =
      ", as its class loader has a storage-api of its own: leave that out, or load all from there";

  /** One factory of each class. */
  final List<F> factories;

  /** The providers that could not be loaded. */
  final List<Failure> failures;

  /**
   * A provider that could not be loaded.
   *
   * @param provider the name of its class, or the empty string if that is not known
   * @param text the reason in one sentence, which names its jar where that is known
   */
  record Failure(String provider, String text) {}

  private Discovery(List<F> factories, List<Failure> failures) {
    this.factories = factories;
    this.failures = failures;
  }

  /** Looks where a class loader looks: on its class path, in its modules and in its parents. */
  static <F> Discovery<F> of(Class<F> service, ClassLoader loader) {
    return of(
        ServiceLoader.load(service, loader),
        service,
        loader,
        Discovery.class.getModule().getLayer());
  }

  /** Looks in the modules of a layer and its parents. */
  static <F> Discovery<F> of(Class<F> service, ModuleLayer layer) {
    return of(ServiceLoader.load(layer, service), service, null, layer);
  }

  /** Iterates with care, as each step may fail and the next one may not. */
  private static <F> Discovery<F> of(
      ServiceLoader<F> services,
      Class<F> service,
      @Nullable ClassLoader loader,
      @Nullable ModuleLayer layer) {
    List<F> factories = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    Set<Class<?>> seen = new HashSet<>();
    Iterator<ServiceLoader.Provider<F>> providers = services.stream().iterator();
    int inARow = 0;
    while (inARow < MAX_FAILURES_IN_A_ROW) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<F> provider = providers.next();
        F factory = provider.get();
        // The type of a provider() method is what it promises, which may be the service and no
        // more.
        if (factory.getClass() != provider.type() || seen.add(provider.type())) {
          factories.add(factory);
        }
        inARow = 0;
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add(new Failure(providerOf(e), explain(e, service, loader, layer)));
        inARow++;
      }
    }
    return new Discovery<>(List.copyOf(factories), List.copyOf(failures));
  }

  /** Describes the place of a provider, its fault, and a remedy. */
  private static String explain(
      Error e, Class<?> service, @Nullable ClassLoader loader, @Nullable ModuleLayer layer) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root == e ? e.toString() : e.getMessage() + " (" + root + ")";
    String place = layer == null ? "" : moduleThatNames(reason, layer.configuration());
    if (place.isEmpty() && loader != null) {
      place = fileThatNames(reason, service, loader);
    }
    return place + reason + (isOfAnotherCopy(e, service, loader) ? ANOTHER_COPY : remedy(root));
  }

  private static String providerOf(Error e) {
    // Compiled here, as a program whose providers all load starts faster without it.
    Matcher provider = Pattern.compile(PROVIDER).matcher(String.valueOf(e.getMessage()));
    return provider.matches() ? provider.group(1) : "";
  }

  /** Returns whether a provider implements an interface of this name that is not this interface. */
  private static boolean isOfAnotherCopy(Error e, Class<?> service, @Nullable ClassLoader loader) {
    if (loader == null || !String.valueOf(e.getMessage()).endsWith(" not a subtype")) {
      return false;
    }
    try {
      return loader.loadClass(service.getName()) != service;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  static String remedy(Throwable root) {
    if (root instanceof UnsupportedClassVersionError) {
      return ", use a newer Java or an older release of it";
    }
    return root instanceof LinkageError || root instanceof ClassNotFoundException
        ? ", add the libraries that it needs"
        : ", replace or remove it";
  }

  /** Finds the services file, and so the jar, that names a class from an error message. */
  private static String fileThatNames(String reason, Class<?> service, ClassLoader loader) {
    try {
      for (URL url :
          Collections.list(loader.getResources("META-INF/services/" + service.getName()))) {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
          for (String line :
              new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (names(reason, line.replaceFirst("#.*", "").strip())) {
              return url.toString().replaceFirst("^jar:", "").replaceFirst("!/META-INF/.*", "")
                  + ": ";
            }
          }
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  /**
   * Finds the module, of these and their parents, and its jar, that provides a class from an error
   * message.
   */
  private static String moduleThatNames(String reason, Configuration modules) {
    for (ResolvedModule module : modules.modules()) {
      for (ModuleDescriptor.Provides provides : module.reference().descriptor().provides()) {
        for (String name : provides.providers()) {
          if (names(reason, name)) {
            return module.reference() + ": ";
          }
        }
      }
    }
    for (Configuration parent : modules.parents()) {
      String place = moduleThatNames(reason, parent);
      if (!place.isEmpty()) {
        return place;
      }
    }
    return "";
  }

  private static boolean names(String reason, String className) {
    return !className.isEmpty()
        && reason
            .replace('/', '.')
            .matches("(?s)(.*[^\\w.])?" + Pattern.quote(className) + "(?![\\w$]).*");
  }
}
