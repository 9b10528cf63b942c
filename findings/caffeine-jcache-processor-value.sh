#!/usr/bin/env bash
# Caffeine's JCache keeps the very object that an entry processor gives to setValue, also in a cache
# that stores by value: changing the object later changes the cache. With put it keeps a copy.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.github.ben-manes.caffeine:jcache:3.2.4 javax.cache:cache-api:1.1.1

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
    ArrayList<String> list = new ArrayList<>(List.of("a"));
    cache.put("put", list);
    cache.invoke("set", (entry, none) -> {
      entry.setValue(list);
      return null;
    });
    list.add("b");
    System.out.printf("put %s, setValue %s%n", cache.get("put"), cache.get("set"));
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.ben-manes.caffeine:jcache 3.2.4" \
  "put [a], setValue [a]" \
  "put [a], setValue [a, b]" "$seen" || exit 1
