#!/usr/bin/env bash
# The statistics of Commons JCS's JCache leave out getAll: neither its hits nor its misses count.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.apache.commons:commons-jcs3-jcache:3.2.1 javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;

class Main {
  public static void main(String[] args) throws Exception {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager().createCache(
        "cache", new MutableConfiguration<String, String>().setStatisticsEnabled(true));
    cache.put("key", "value");
    cache.get("key");
    cache.get("absent");
    String one = counted();
    cache.getAll(Set.of("key", "absent"));
    System.out.printf("after get and get %s, and after getAll %s%n", one, counted());
    System.exit(0);
  }

  static String counted() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = beans.queryNames(
        new ObjectName("javax.cache:type=CacheStatistics,*"), null).iterator().next();
    return beans.getAttribute(name, "CacheHits") + "+" + beans.getAttribute(name, "CacheMisses");
  }
}
EOF
) || exit

conclude "org.apache.commons:commons-jcs3-jcache 3.2.1" \
  "after get and get 1+1, and after getAll 2+2" \
  "after get and get 1+1, and after getAll 1+1" "$seen" || exit 1
