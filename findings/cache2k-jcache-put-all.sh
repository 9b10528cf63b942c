#!/usr/bin/env bash
# putAll of cache2k's JCache, on a cache that stores by reference, asks the given map whether it
# contains null, and so fails with any map of Map.of or Map.copyOf. JSR-107 has it fail when the map
# does contain null.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.cache2k:cache2k-jcache:2.6.1.Final javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

class Main {
  public static void main(String[] args) {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager()
        .createCache("cache", new MutableConfiguration<String, String>().setStoreByValue(false));
    Map<String, String> map = Map.of("key", "value");
    cache.putAll(new HashMap<>(map));
    String result = "HashMap " + cache.get("key");
    try {
      cache.removeAll();
      cache.putAll(map);
      result += ", Map.of " + cache.get("key");
    } catch (NullPointerException e) {
      result += ", Map.of NullPointerException";
    }
    System.out.println(result);
    System.exit(0);
  }
}
EOF
) || exit

conclude "org.cache2k:cache2k-jcache 2.6.1.Final" \
  "HashMap value, Map.of value" \
  "HashMap value, Map.of NullPointerException" "$seen" || exit 1
