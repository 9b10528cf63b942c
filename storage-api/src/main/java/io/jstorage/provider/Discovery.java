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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service loader finds, jar by jar: the factories that work, and why the others do not. */
final class Discovery<F> {
  /**
   * After so many failures in a row the rest is given up: a loader that cannot even list its files
   * fails for ever.
   */
  private static final int MAX_FAILURES_IN_A_ROW = 100;

  /** One factory of each class. */
  final List<F> factories;

  /** One sentence per provider that could not be loaded, naming its jar where that is known. */
  final List<String> failures;

  private Discovery(List<F> factories, List<String> failures) {
    this.factories = factories;
    this.failures = failures;
  }

  /** What a class loader sees on the class path, and in the modules of it and its parents. */
  static <F> Discovery<F> of(Class<F> service, ClassLoader loader) {
    return of(
        ServiceLoader.load(service, loader),
        service,
        loader,
        Discovery.class.getModule().getLayer());
  }

  /** What is in the modules of a layer and its parents. */
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
    List<String> failures = new ArrayList<>();
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
        failures.add(explain(e, service, loader, layer));
        inARow++;
      }
    }
    return new Discovery<>(List.copyOf(factories), List.copyOf(failures));
  }

  /** Says where the provider stands, what is wrong with it and what helps. */
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
    return place + reason + remedy(root);
  }

  static String remedy(Throwable root) {
    if (root instanceof UnsupportedClassVersionError) {
      return ", use a newer Java or an older release of it";
    }
    return root instanceof LinkageError || root instanceof ClassNotFoundException
        ? ", add the libraries that it needs"
        : ", replace or remove it";
  }

  /** Finds the services file, and with it the jar, in which a class stands that an error names. */
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
   * Finds the module, of these and their parents, with its jar, that provides a class that an error
   * names.
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
