package io.jstorage.spring.boot;

import io.jstorage.spring.CachedValue;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
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
    return new Contribution(
        CacheSettings.of(Binder.get(environment)).stream()
            .map(each -> each.own().getType())
            .filter(type -> type != null)
            .map(type -> TypeNames.find(type, factory.getBeanClassLoader()))
            .toArray(Type[]::new));
  }

  private record Contribution(Type[] types) implements BeanFactoryInitializationAotContribution {
    @Override
    public void applyTo(GenerationContext context, BeanFactoryInitializationCode code) {
      RuntimeHints hints = context.getRuntimeHints();
      BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
      binding.registerReflectionHints(hints.reflection(), types);
      binding.registerReflectionHints(
          hints.reflection(), CachedValue.class, StorageCacheProperties.class);
      hints.serialization().registerType(SimpleKey.class);
      hints.serialization().registerType(CachedValue.class);
    }
  }
}
