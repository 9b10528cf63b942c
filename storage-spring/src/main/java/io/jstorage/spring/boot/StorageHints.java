package io.jstorage.spring.boot;

import io.jstorage.spring.CachedValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.core.env.Environment;

/**
 * Tells the native compiler what is met by reflection only: the types of the values of all caches,
 * and what is serialized.
 */
public final class StorageHints implements BeanFactoryInitializationAotProcessor {
  /** For Spring. */
  public StorageHints() {}

  @Override
  public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory factory) {
    if (!factory.containsBean("environment")) {
      return null;
    }
    Environment environment = factory.getBean("environment", Environment.class);
    List<Type> types = typesIn(environment, factory.getBeanClassLoader());
    return (context, code) -> register(context.getRuntimeHints(), types);
  }

  /** The types of the values of all caches that the properties describe. */
  static List<Type> typesIn(Environment environment, @Nullable ClassLoader loader) {
    return CacheSettings.of(Binder.get(environment)).stream()
        .map(each -> each.own().getType())
        .filter(Objects::nonNull)
        .map(type -> TypeNames.find(type, loader))
        .toList();
  }

  @SuppressWarnings("removal") // Spring 6 has no other way to name what is serialized.
  static void register(RuntimeHints hints, List<Type> types) {
    BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
    binding.registerReflectionHints(hints.reflection(), types.toArray(Type[]::new));
    binding.registerReflectionHints(
        hints.reflection(), CachedValue.class, StorageCacheProperties.class);
    hints.serialization().registerType(SimpleKey.class);
    hints.serialization().registerType(CachedValue.class);
  }
}
