/**
 * Caches of Spring over any storage: {@code StorageCacheManager}, and its auto-configuration by
 * Spring Boot.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Spring has no others.
module io.jstorage.spring {
  requires transitive io.jstorage;
  requires io.jstorage.cache;
  requires transitive spring.context;
  requires transitive spring.core;
  requires spring.beans;
  requires static com.fasterxml.jackson.annotation;
  requires static io.jstorage.micrometer;
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static spring.context.support;
  requires static spring.boot;
  requires static spring.boot.autoconfigure;
  requires static spring.boot.health;
  requires static spring.boot.actuator;
  requires static org.jspecify;

  exports io.jstorage.spring;
  exports io.jstorage.spring.boot;
}
