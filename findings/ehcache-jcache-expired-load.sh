#!/usr/bin/env bash
# get of Ehcache's JCache loads a value by read-through and returns null when the expiry policy
# gives new entries no time at all. JSR-107 has such an entry not kept; its value was loaded.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.ehcache:ehcache:3.12.0:only javax.cache:cache-api:1.1.1 org.slf4j:slf4j-nop:2.0.17

seen=$(java_program jars <<'EOF'
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
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
            .setCacheLoaderFactory(Loader::new)
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO)));
    String value = cache.get("key");
    System.out.printf("value %s, loads %d, kept %b%n", value, loads, cache.containsKey("key"));
    System.exit(0);
  }
}
EOF
) || exit

conclude "org.ehcache:ehcache 3.12.0" \
  "value loaded, loads 1, kept false" \
  "value null, loads 1, kept false" "$seen" || exit 1
