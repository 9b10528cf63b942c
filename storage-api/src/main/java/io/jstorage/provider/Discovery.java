package io.jstorage.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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
import org.jspecify.annotations.Nullable;

/** What a service loader finds, jar by jar: the factories that work, and why the others do not. */
final class Discovery<F> {
  /**
   * After so many failures in a row the rest is given up: a loader that cannot even list its files
   * fails for ever.
   */
  private static final int MAX_FAILURES_IN_A_ROW = 100;

  private final List<F> factories;
  private final List<String> failures;

  private Discovery(List<F> factories, List<String> failures) {
    this.factories = factories;
    this.failures = failures;
  }

  /** One factory of each class. */
  List<F> factories() {
    return factories;
  }

  /** One sentence per provider that could not be loaded, naming its jar where that is known. */
  List<String> failures() {
    return failures;
  }

  /** Iterates with care, as each step may fail and the next one may not. */
  static <F> Discovery<F> of(
      ServiceLoader<F> services, Class<F> service, @Nullable ClassLoader loader) {
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
        failures.add(explain(e, service, loader));
        inARow++;
      }
    }
    return new Discovery<>(List.copyOf(factories), List.copyOf(failures));
  }

  private static String explain(Error e, Class<?> service, @Nullable ClassLoader loader) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root == e ? e.toString() : e.getMessage() + " (" + root + ")";
    String file = loader == null ? null : fileThatNames(reason, service, loader);
    return file == null ? reason : file + ": " + reason;
  }

  /** Finds the services file, and with it the jar, in which a class stands that an error names. */
  private static @Nullable String fileThatNames(
      String reason, Class<?> service, ClassLoader loader) {
    try {
      for (URL url :
          Collections.list(loader.getResources("META-INF/services/" + service.getName()))) {
        for (String line : lines(url)) {
          String name = line.replaceFirst("#.*", "").strip();
          if (!name.isEmpty()
              && (reason.contains(name) || reason.contains(name.replace('.', '/')))) {
            return url.toString().replaceFirst("^jar:", "").replaceFirst("!/META-INF/.*", "");
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return null;
    }
    return null;
  }

  private static List<String> lines(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
