#!/usr/bin/env bash
# An entry processor of Caffeine's JCache that removes an entry and sets it anew makes an event of
# creation, though the entry was there before and no event told of its removal. Only the net effect
# of a processor counts in JSR-107, and that is an update.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

jars com.github.ben-manes.caffeine:jcache:3.2.4 javax.cache:cache-api:1.1.1

seen=$(java_program jars <<'EOF'
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

class Main {
  static final List<String> events = Collections.synchronizedList(new ArrayList<>());

  static class Listener implements CacheEntryCreatedListener<String, String>,
      CacheEntryUpdatedListener<String, String>, CacheEntryRemovedListener<String, String> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> all) {
      all.forEach(event -> events.add(event.getEventType() + " " + event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> all) {
      onCreated(all);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> all) {
      onCreated(all);
    }
  }

  public static void main(String[] args) {
    Cache<String, String> cache = Caching.getCachingProvider().getCacheManager()
        .createCache("cache", new MutableConfiguration<String, String>());
    cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
        Listener::new, null, true, true));
    cache.put("key", "old");
    cache.invoke("key", (entry, none) -> {
      entry.remove();
      entry.setValue("new");
      return null;
    });
    System.out.println(events);
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.ben-manes.caffeine:jcache 3.2.4" \
  "[CREATED old, UPDATED new]" \
  "[CREATED old, CREATED new]" "$seen"
