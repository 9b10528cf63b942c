#!/usr/bin/env bash
# In an entry processor of Caffeine's JCache exists() loads a missing entry by read-through and then
# says true. JSR-107 has it say whether the entry is in the cache; only getValue() reads through.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.github.ben-manes.caffeine:jcache:3.2.4 javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;

class Main {
  static int loads;

  static class Loader implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      loads++;
      return "loaded";
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> all = new HashMap<>();
      keys.forEach(key -> all.put(key, load(key)));
      return all;
    }
  }

  public static void main(String[] args) {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager().createCache(
        "cache", new MutableConfiguration<String, String>().setReadThrough(true)
            .setCacheLoaderFactory(Loader::new));
    boolean contained = cache.containsKey("key");
    boolean exists = cache.invoke("key", (entry, none) -> entry.exists());
    System.out.printf("containsKey %b, exists %b, loads %d%n", contained, exists, loads);
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.ben-manes.caffeine:jcache 3.2.4" \
  "containsKey false, exists false, loads 0" \
  "containsKey false, exists true, loads 1" "$seen" || exit 1
