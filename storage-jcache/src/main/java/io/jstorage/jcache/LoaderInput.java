package io.jstorage.jcache;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/**
 * Reads what this process wrote, with the classes of the cache manager's class loader. Only for
 * bytes that never left this process: it takes any class. The filter of the JVM is asked.
 */
final class LoaderInput extends ObjectInputStream {
  private final ClassLoader loader;

  LoaderInput(InputStream source, ClassLoader loader) throws IOException {
    super(source);
    this.loader = loader;
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    try {
      return Class.forName(described.getName(), false, loader);
    } catch (ClassNotFoundException e) {
      return super.resolveClass(described); // Primitive types, and what only this library sees.
    }
  }
}
