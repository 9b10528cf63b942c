#!/usr/bin/env bash
# remove(key, oldValue) of Commons JCS loads a missing entry by read-through, finds it equal, and
# has the writer delete it. JSR-107 does not let it read through: the entry is not in the cache, so
# that nothing is removed.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.apache.commons:commons-jcs3-jcache:3.2.1 javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

class Main {
  static final Map<String, String> database = new HashMap<>(Map.of("key", "value"));

  static class Database implements CacheLoader<String, String>, CacheWriter<String, String> {
    @Override
    public String load(String key) {
      return database.get(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> all = new HashMap<>();
      keys.forEach(key -> all.put(key, load(key)));
      return all;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
      database.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
      entries.forEach(this::write);
      entries.clear();
    }

    @Override
    public void delete(Object key) {
      database.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
      keys.clear();
    }
  }

  public static void main(String[] args) {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager().createCache(
        "cache", new MutableConfiguration<String, String>()
            .setReadThrough(true).setCacheLoaderFactory(Database::new)
            .setWriteThrough(true).setCacheWriterFactory(Database::new));
    System.out.printf("removed %b, database %s%n", cache.remove("key", "value"), database);
    System.exit(0);
  }
}
EOF
) || exit

conclude "org.apache.commons:commons-jcs3-jcache 3.2.1" \
  "removed false, database {key=value}" \
  "removed true, database {}" "$seen" || exit 1
