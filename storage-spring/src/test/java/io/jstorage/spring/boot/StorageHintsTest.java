package io.jstorage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.spring.Book;
import io.jstorage.spring.CachedValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class StorageHintsTest {
  @Test
  void theTypesOfAllCachesAreKnownToTheNativeCompiler() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "jstorage.caches.books.url",
                    "lru:",
                    "jstorage.caches.books.type",
                    "java.util.List<io.jstorage.spring.Book>")));
    RuntimeHints hints = new RuntimeHints();
    StorageHints.register(hints, StorageHints.typesIn(environment, getClass().getClassLoader()));
    for (Class<?> type : List.of(Book.class, CachedValue.class)) {
      assertThat(RuntimeHintsPredicates.reflection().onType(type).test(hints)).isTrue();
    }
  }

  @Test
  void springFindsIt() {
    DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
    factory.registerSingleton("environment", new StandardEnvironment());
    assertThat(AotServices.factories().load(BeanFactoryInitializationAotProcessor.class))
        .filteredOn(StorageHints.class::isInstance)
        .singleElement()
        .satisfies(each -> assertThat(each.processAheadOfTime(factory)).isNotNull());
  }
}
