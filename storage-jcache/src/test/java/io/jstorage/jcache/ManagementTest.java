package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jstorage.Storage;
import io.jstorage.provider.StorageProvider;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ManagementTest {
  private static final URI NAME = URI.create("jstorage:management?a=1,b=2");

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final StorageCachingProvider provider = new StorageCachingProvider();

  private Object statistic(String cache, String attribute) throws Exception {
    ObjectName bean =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=jstorage.management.a.1.b.2,Cache="
                + cache);
    return server.getAttribute(bean, attribute);
  }

  @Test
  void countsWhatIsDoneAndHowLongItTakes() throws Exception {
    try (CacheManager manager = provider.getCacheManager(NAME, null)) {
      Cache<String, String> cache =
          manager.createCache("a*b?\"c\"", Managers.ofStrings().setStatisticsEnabled(true));
      String bean = "a.b..c.";
      cache.putAll(Map.of("k", "1", "l", "1", "m", "1"));
      cache.getAll(Set.of("k", "l", "absent"));
      cache.removeAll(Set.of("k", "absent"));
      cache.removeAll();
      assertThat(statistic(bean, "CachePuts")).isEqualTo(3L);
      assertThat(statistic(bean, "CacheHits")).isEqualTo(2L);
      assertThat(statistic(bean, "CacheMisses")).isEqualTo(1L);
      assertThat(statistic(bean, "CacheRemovals")).isEqualTo(3L);
      assertThat((float) statistic(bean, "AveragePutTime")).isPositive();
      assertThat((float) statistic(bean, "AverageGetTime")).isPositive();
      assertThat((float) statistic(bean, "AverageRemoveTime")).isPositive();
      manager.enableStatistics("a*b?\"c\"", false);
      assertThatExceptionOfType(InstanceNotFoundException.class)
          .isThrownBy(() -> statistic(bean, "CachePuts"));
    }
  }

  @Test
  @SuppressWarnings("try") // Closed by hand, in an order.
  void ofTwoCachesOfOneNameTheFirstIsShownUntilItIsClosed() throws Exception {
    try (URLClassLoader other = new URLClassLoader(new URL[0], getClass().getClassLoader());
        CacheManager first = provider.getCacheManager(NAME, null);
        CacheManager second = provider.getCacheManager(NAME, other)) {
      Cache<String, String> cache =
          first.createCache("c", Managers.ofStrings().setStatisticsEnabled(true));
      second.createCache("c", Managers.ofStrings().setStatisticsEnabled(true));
      cache.put("k", "1");
      assertThat(statistic("c", "CachePuts")).isEqualTo(1L);
      second.close();
      assertThat(statistic("c", "CachePuts")).isEqualTo(1L);
      first.close();
      assertThatExceptionOfType(InstanceNotFoundException.class)
          .isThrownBy(() -> statistic("c", "CachePuts"));
    }
  }

  @Test
  void theStorageAndTheProviderCanBeUnwrapped() {
    try (CacheManager manager = provider.getCacheManager(NAME, null)) {
      Cache<String, String> cache = Managers.strings(manager);
      assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
      cache.put("k", "v");
      assertThat(cache.unwrap(Storage.class).size()).isEqualTo(1);
      assertThat(manager.unwrap(StorageProvider.class).names()).contains("storage.lru");
      assertThat(manager.unwrap(CacheManager.class)).isSameAs(manager);
      assertThatIllegalArgumentException().isThrownBy(() -> cache.unwrap(Thread.class));
      assertThatIllegalArgumentException().isThrownBy(() -> manager.unwrap(Thread.class));
    }
  }
}
