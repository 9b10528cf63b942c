#!/usr/bin/env bash
# The map that getAll of cache2k's JCache returns for a cache that stores by reference has the
# equals of Object: it is equal to no other map, though the other is equal to it.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.cache2k:cache2k-jcache:2.6.1.Final javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

class Main {
  public static void main(String[] args) {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager()
        .createCache("cache", new MutableConfiguration<String, String>().setStoreByValue(false));
    cache.put("key", "value");
    Map<String, String> expected = Map.of("key", "value");
    Map<String, String> got = cache.getAll(Set.of("key", "absent"));
    System.out.printf("expected.equals(got) %b, got.equals(expected) %b%n", expected.equals(got),
        got.equals(expected));
    System.exit(0);
  }
}
EOF
) || exit

conclude "org.cache2k:cache2k-jcache 2.6.1.Final" \
  "expected.equals(got) true, got.equals(expected) true" \
  "expected.equals(got) true, got.equals(expected) false" "$seen" || exit 1
