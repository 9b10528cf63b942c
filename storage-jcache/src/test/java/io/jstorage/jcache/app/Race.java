package io.jstorage.jcache.app;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/**
 * Changes the entries of a cache as others do at the same time: increments a counter, and tries to
 * be the first to put each of many keys. Prints how often it was the first.
 */
public final class Race {
  private Race() {}

  /** Takes the URI of the manager, and how often. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    try (CacheManager manager =
        Caching.getCachingProvider().getCacheManager(URI.create(args[0]), null)) {
      Cache<List<String>, Integer> cache = manager.createCache("race", new RaceConfiguration());
      int first = 0;
      for (int i = 0; i < rounds; i++) {
        cache.invoke(
            List.of("counter"),
            (entry, arguments) -> {
              entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
              return null;
            });
        if (cache.putIfAbsent(List.of("key", "" + i), 1)) {
          first++;
        }
      }
      System.out.println(first);
    }
  }

  /** That of the cache in every process. */
  @SuppressWarnings("unchecked")
  public static final class RaceConfiguration extends MutableConfiguration<List<String>, Integer> {
    private static final long serialVersionUID = 1L;

    public RaceConfiguration() {
      setTypes((Class<List<String>>) (Class<?>) List.class, Integer.class);
      setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1)));
    }
  }
}
