#!/usr/bin/env bash
# In Ehcache's JCache an entry processor is handed the cached object itself, also by a cache that
# stores by value: what it does to the object stays in the cache without setValue. get hands out
# copies.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.ehcache:ehcache:3.12.0:only javax.cache:cache-api:1.1.1 org.slf4j:slf4j-nop:2.0.17

seen=$(java_program jars <<'EOF'
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

class Main {
  public static void main(String[] args) {
    Cache<String, ArrayList<String>> cache = Caching.getCachingProvider().getCacheManager()
        .createCache("cache",
            new MutableConfiguration<String, ArrayList<String>>().setStoreByValue(true));
    cache.put("get", new ArrayList<>(List.of("a")));
    cache.put("invoke", new ArrayList<>(List.of("a")));
    cache.get("get").add("b");
    cache.invoke("invoke", (entry, none) -> entry.getValue().add("b"));
    System.out.printf("get %s, invoke %s%n", cache.get("get"), cache.get("invoke"));
    System.exit(0);
  }
}
EOF
) || exit

conclude "org.ehcache:ehcache 3.12.0" \
  "get [a], invoke [a]" \
  "get [a], invoke [a, b]" "$seen" || exit 1
