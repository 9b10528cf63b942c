package io.jstorage.cli.location;

import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The factories that the class path has, which the provider keeps to itself. */
final class Factories {
  private final List<StorageFactory> storages = found(StorageFactory.class);
  private final List<CodecFactory> codecs = found(CodecFactory.class);
  private final List<ByteTransformFactory> transforms = found(ByteTransformFactory.class);

  private static <T> List<T> found(Class<T> service) {
    List<T> found = new ArrayList<>();
    Iterator<T> each = ServiceLoader.load(service, Factories.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return found;
        }
        found.add(each.next());
      } catch (ServiceConfigurationError e) {
        // The provider reports what is broken, where it is asked for.
      }
    }
  }

  Optional<StorageFactory> byScheme(String scheme) {
    return storages.stream().filter(each -> each.schemes().contains(scheme)).findFirst();
  }

  Optional<StorageFactory> byName(String name) {
    return named(storages, StorageFactory::name, name);
  }

  Optional<CodecFactory> codec(String name) {
    return named(codecs, CodecFactory::name, name);
  }

  Optional<ByteTransformFactory> transform(String name) {
    return named(transforms, ByteTransformFactory::name, name);
  }

  private static <T> Optional<T> named(List<T> all, Function<T, String> nameOf, String name) {
    return all.stream().filter(each -> nameOf.apply(each).equals(name)).findFirst();
  }
}
