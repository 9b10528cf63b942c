package io.jstorage.provider;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** A class loader that asks its own jars before its parent, as web containers do. */
final class ChildFirst extends URLClassLoader {
  ChildFirst(String name, ClassLoader parent, Path... jars) {
    super(name, urls(jars), parent);
  }

  /** The URLs of jars and of directories of classes. */
  static URL[] urls(Path... jars) {
    return Arrays.stream(jars).map(ChildFirst::url).toArray(URL[]::new);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }
}
