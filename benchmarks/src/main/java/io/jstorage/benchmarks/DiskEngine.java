package io.jstorage.benchmarks;

import com.jakewharton.disklrucache.DiskLruCache;
import io.jstorage.codec.Codecs;
import io.jstorage.file.DiskLruStore;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.spi.ByteStoreBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** The stores that are compared. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum DiskEngine {
  /** Files of {@code FileStore}. */
  JSTORAGE((directory, durability, entries) -> map(files(directory, durability))),
  /** Files that expire an hour after they were written. */
  JSTORAGE_EXPIRING(
      (directory, durability, entries) ->
          map(files(directory, durability).expiration(Duration.ofHours(1)))),
  /** {@code storage.volatile} in front of files that do not expire by themselves. */
  JSTORAGE_VOLATILE(
      (directory, durability, entries) ->
          DiskMap.of(
              VolatileStorage.builder(files(directory, durability).storage(Codecs.bytes()))
                  .expiration(Duration.ofHours(1))
                  .owned()
                  .build())),
  RAW((directory, durability, entries) -> new RawFiles(directory, durability, false).map()),
  RAW_EXPIRING((directory, durability, entries) -> new RawFiles(directory, durability, true).map()),
  /** {@code storage.disklru}. */
  JSTORAGE_LRU((directory, durability, entries) -> map(lru(directory, durability).limit(entries))),
  /** The same with a limit of the bytes that so many values have, as its only one. */
  JSTORAGE_LRU_OF_BYTES(
      (directory, durability, entries) ->
          map(lru(directory, durability).bytes(entries * (long) DiskEngine.VALUE_BYTES))),
  /** Deletes the oldest file that it wrote, which it knows from a queue in memory. */
  RAW_LRU(
      (directory, durability, entries) -> {
        ArrayDeque<String> written = new ArrayDeque<>();
        RawFiles files = new RawFiles(directory, durability, false);
        return DiskMap.of(
            files::get,
            (key, value) -> {
              files.put(key, value);
              written.add(key);
              if (written.size() > entries) {
                files.remove(written.remove());
              }
            },
            files);
      }),
  /** It limits bytes; all values here have the same length. It does not sync. */
  DISK_LRU_CACHE(
      (directory, durability, entries) ->
          diskLruCache(directory, entries * (long) DiskEngine.VALUE_BYTES)),
  DISK_LRU_CACHE_UNLIMITED(
      (directory, durability, entries) -> diskLruCache(directory, Long.MAX_VALUE)),
  /** With a write-ahead log and a commit after each put where that is to be durable. */
  MAPDB(
      (directory, durability, entries) -> {
        boolean durable = durability != Durability.NONE;
        DBMaker.Maker maker = DBMaker.fileDB(directory.resolve("map").toFile()).fileMmapEnable();
        DB db = durable ? maker.transactionEnable().make() : maker.make();
        HTreeMap<String, byte[]> map =
            db.hashMap("map", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen();
        return DiskMap.of(
            map::get,
            (key, value) -> {
              map.put(key, value);
              if (durable) {
                db.commit();
              }
            },
            db);
      }),
  /** With a commit and a sync after each put where that is to be durable. */
  H2_MVSTORE(
      (directory, durability, entries) -> {
        MVStore store = MVStore.open(directory.resolve("map").toString());
        MVMap<String, byte[]> map = store.openMap("map");
        return DiskMap.of(
            map::get,
            (key, value) -> {
              map.put(key, value);
              if (durability != Durability.NONE) {
                store.commit();
                store.sync();
              }
            },
            store::close);
      }),
  /** With a synced write-ahead log where a put is to be durable, and one that is not synced. */
  ROCKSDB(
      (directory, durability, entries) -> {
        RocksDB.loadLibrary();
        Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, directory.toString());
        WriteOptions write = new WriteOptions().setSync(durability != Durability.NONE);
        return DiskMap.of(
            key -> db.get(key.getBytes(StandardCharsets.UTF_8)),
            (key, value) -> db.put(write, key.getBytes(StandardCharsets.UTF_8), value),
            () -> {
              write.close();
              db.close();
              options.close();
            });
      }),
  /** Its disk tier, with the heap tier that it needs made small. It does not sync. */
  EHCACHE(
      (directory, durability, entries) -> {
        PersistentCacheManager manager =
            CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(directory.toFile()))
                .build(true);
        var cache =
            manager.createCache(
                "map",
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class,
                    byte[].class,
                    ResourcePoolsBuilder.newResourcePoolsBuilder()
                        .heap(1, EntryUnit.ENTRIES)
                        .disk(1, MemoryUnit.GB, true)));
        return DiskMap.of(cache::get, cache::put, manager);
      });

  /** The length of the values where bytes are limited. */
  static final int VALUE_BYTES = 100;

  /** Opens a store; the entries are those that a cache keeps. */
  interface Opener {
    DiskMap open(Path directory, Durability durability, int entries) throws Exception;
  }

  final Opener opener;

  DiskEngine(Opener opener) {
    this.opener = opener;
  }

  private static DiskMap map(ByteStoreBuilder<?, ?> builder) {
    return DiskMap.of(builder.storage(Codecs.bytes()));
  }

  private static FileStore.Builder files(Path directory, Durability durability) {
    return FileStore.at(directory).suffix(RawFiles.SUFFIX).durability(durability);
  }

  private static DiskLruStore.Builder lru(Path directory, Durability durability) {
    return DiskLruStore.at(directory).suffix(RawFiles.SUFFIX).durability(durability);
  }

  private static DiskMap diskLruCache(Path directory, long limit) throws IOException {
    DiskLruCache cache = DiskLruCache.open(directory.toFile(), 1, 1, limit);
    return DiskMap.of(
        key -> {
          try (DiskLruCache.Snapshot snapshot = cache.get(key)) {
            if (snapshot == null) {
              return null;
            }
            try (InputStream in = snapshot.getInputStream(0)) {
              return in.readAllBytes();
            }
          }
        },
        (key, value) -> {
          DiskLruCache.Editor editor = Objects.requireNonNull(cache.edit(key));
          try (OutputStream out = editor.newOutputStream(0)) {
            out.write(value);
          }
          editor.commit();
        },
        cache);
  }
}
