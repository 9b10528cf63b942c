package io.jstorage.jcache;

import java.lang.management.ManagementFactory;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.management.CacheMXBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The JMX beans of a cache: its configuration and its statistics, each while it is switched on. */
final class Management {
  private final String uri;
  private final String cache;
  private final Bean configuration = new Bean("CacheConfiguration");
  private final Bean statistics = new Bean("CacheStatistics");

  Management(String uri, String cache) {
    this.uri = uri;
    this.cache = cache;
  }

  void showConfiguration(Settings<?, ?> shown) {
    configuration.register(new ConfigurationBean(shown));
  }

  void hideConfiguration() {
    configuration.unregister();
  }

  void showStatistics(Statistics shown) {
    statistics.register(shown);
  }

  void hideStatistics() {
    statistics.unregister();
  }

  /** A name in JMX. Another cache of this name and URI, of another class loader, may have it. */
  private final class Bean {
    private final String type;
    private boolean registered;

    Bean(String type) {
      this.type = type;
    }

    void register(Object bean) {
      if (registered) {
        return;
      }
      try {
        server().registerMBean(bean, name());
        registered = true;
      } catch (InstanceAlreadyExistsException e) {
        // The first one keeps it.
      } catch (JMException e) {
        throw new CacheException("cannot register %s of the cache '%s'".formatted(type, cache), e);
      }
    }

    void unregister() {
      if (!registered) {
        return;
      }
      registered = false;
      try {
        server().unregisterMBean(name());
      } catch (InstanceNotFoundException e) {
        // Another program unregistered it.
      } catch (JMException e) {
        throw new CacheException("cannot remove %s of the cache '%s'".formatted(type, cache), e);
      }
    }

    private ObjectName name() throws JMException {
      return new ObjectName(
          "javax.cache:type=%s,CacheManager=%s,Cache=%s".formatted(type, safe(uri), safe(cache)));
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  /** As the standard's own tests look for it; patterns and quotes are no names either. */
  private static String safe(String text) {
    return text.replaceAll("[,:=\n*?\"]", ".");
  }

  private static final class ConfigurationBean implements CacheMXBean {
    private final Settings<?, ?> settings;

    ConfigurationBean(Settings<?, ?> settings) {
      this.settings = settings;
    }

    @Override
    public String getKeyType() {
      return settings.ask(Configuration::getKeyType).getName();
    }

    @Override
    public String getValueType() {
      return settings.ask(Configuration::getValueType).getName();
    }

    @Override
    public boolean isReadThrough() {
      return settings.ask(CompleteConfiguration::isReadThrough);
    }

    @Override
    public boolean isWriteThrough() {
      return settings.ask(CompleteConfiguration::isWriteThrough);
    }

    @Override
    public boolean isStoreByValue() {
      return settings.ask(Configuration::isStoreByValue);
    }

    @Override
    public boolean isStatisticsEnabled() {
      return settings.ask(CompleteConfiguration::isStatisticsEnabled);
    }

    @Override
    public boolean isManagementEnabled() {
      return settings.ask(CompleteConfiguration::isManagementEnabled);
    }
  }
}
