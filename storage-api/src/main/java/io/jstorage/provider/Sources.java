package io.jstorage.provider;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places in which a provider looks for factories: class loaders in their order, or a layer. */
final class Sources {
  /** None if there is a layer. */
  private final Set<ClassLoader> loaders;

  private final @Nullable ModuleLayer layer;

  /** Looks where each of the class loaders looks. */
  Sources(Collection<ClassLoader> loaders) {
    this.loaders = new LinkedHashSet<>(loaders);
    this.layer = null;
  }

  /** Looks in the modules of a layer and its parents. */
  Sources(ModuleLayer layer) {
    this.loaders = Set.of();
    this.layer = layer;
  }

  /**
   * The thread's context class loader, and the loader of this library. The first alone is not
   * enough: threads of the common pool have the system class loader, which does not see an
   * application that a launcher loads from a jar of jars. The second alone is not enough if a
   * container shares this library between applications.
   */
  static Sources ofThread() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader own = StorageProvider.class.getClassLoader();
    List<ClassLoader> loaders = new ArrayList<>();
    if (context != null) {
      loaders.add(context);
    }
    if (own != null) {
      loaders.add(own);
    }
    return new Sources(loaders);
  }

  /**
   * Returns whether a class loader belongs to an OSGi bundle, which sees no services file of
   * another bundle.
   */
  static boolean isBundle(@Nullable ClassLoader loader) {
    Class<?> type = loader == null ? null : loader.getClass();
    for (; type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        if (each.getName().equals("org.osgi.framework.BundleReference")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Finds the factories of a kind, once for each loader. */
  <F> List<Discovery<F>> discover(Class<F> service) {
    if (layer != null) {
      return List.of(Discovery.of(service, layer));
    }
    // No stream, whose classes take milliseconds of a program's start.
    List<Discovery<F>> discoveries = new ArrayList<>();
    for (ClassLoader loader : loaders) {
      discoveries.add(Discovery.of(service, loader));
    }
    return discoveries;
  }

  /** Finds the jar, directory or module of a class that one of the loaders sees. */
  Optional<String> placeOf(String className) {
    String file = className.replace('.', '/') + ".class";
    for (ClassLoader loader : loaders) {
      URL url = loader.getResource(file);
      if (url != null) {
        String place = url.toString().replaceFirst("^jar:", "");
        return Optional.of(
            place.substring(0, place.length() - file.length()).replaceFirst("!?/$", ""));
      }
    }
    return Optional.empty();
  }
}
