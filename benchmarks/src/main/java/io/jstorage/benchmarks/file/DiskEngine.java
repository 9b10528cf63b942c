package io.jstorage.benchmarks.file;

import com.jakewharton.disklrucache.DiskLruCache;
import io.jstorage.codec.Codecs;
import io.jstorage.file.DiskLruStore;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.memory.VolatileStorage;
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
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** The stores that are compared. */
public enum DiskEngine {
  /** Files of {@code FileStore}. */
  JSTORAGE {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      return new StorageMap(
          FileStore.at(directory).suffix(".bin").durability(durability).storage(Codecs.bytes()));
    }
  },
  /** Files that expire an hour after they were written. */
  JSTORAGE_EXPIRING {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      return new StorageMap(
          FileStore.at(directory)
              .suffix(".bin")
              .durability(durability)
              .expiration(Duration.ofHours(1))
              .storage(Codecs.bytes()));
    }
  },
  /** {@code storage.volatile} in front of files that do not expire by themselves. */
  JSTORAGE_VOLATILE {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      return new StorageMap(
          VolatileStorage.builder(
                  FileStore.at(directory)
                      .suffix(".bin")
                      .durability(durability)
                      .storage(Codecs.bytes()))
              .expiration(Duration.ofHours(1))
              .owned()
              .build());
    }
  },
  RAW {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) throws IOException {
      return new RawFiles(directory, durability, false);
    }
  },
  RAW_EXPIRING {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) throws IOException {
      return new RawFiles(directory, durability, true);
    }
  },
  /** {@code storage.disklru}. */
  JSTORAGE_LRU {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      return new StorageMap(
          DiskLruStore.at(directory)
              .suffix(".bin")
              .durability(durability)
              .limit(limit)
              .storage(Codecs.bytes()));
    }
  },
  /** Deletes the oldest file that it wrote, which it knows from a queue in memory. */
  RAW_LRU {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) throws IOException {
      RawFiles files = new RawFiles(directory, durability, false);
      ArrayDeque<String> written = new ArrayDeque<>();
      return new ForwardingDiskMap(files) {
        @Override
        public void put(String key, byte[] value) throws Exception {
          super.put(key, value);
          written.add(key);
          if (written.size() > limit) {
            super.remove(written.remove());
          }
        }
      };
    }
  },
  /** It limits bytes; all values here have the same length. It does not sync. */
  DISK_LRU_CACHE {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) throws IOException {
      DiskLruCache cache =
          DiskLruCache.open(
              directory.toFile(), 1, 1, limit == 0 ? Long.MAX_VALUE : limit * (long) VALUE_BYTES);
      return new ValuesOnly() {
        @Override
        public void put(String key, byte[] value) throws IOException {
          DiskLruCache.Editor editor = Objects.requireNonNull(cache.edit(key));
          try (OutputStream out = editor.newOutputStream(0)) {
            out.write(value);
          }
          editor.commit();
        }

        @Override
        public byte @Nullable [] get(String key) throws IOException {
          try (DiskLruCache.Snapshot snapshot = cache.get(key)) {
            if (snapshot == null) {
              return null;
            }
            try (InputStream in = snapshot.getInputStream(0)) {
              return in.readAllBytes();
            }
          }
        }

        @Override
        public void close() throws IOException {
          cache.close();
        }
      };
    }
  },
  /** With a write-ahead log and a commit after each put where that is to be durable. */
  MAPDB {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      DBMaker.Maker maker = DBMaker.fileDB(directory.resolve("map.db").toFile()).fileMmapEnable();
      boolean durable = durability != Durability.NONE;
      DB db = durable ? maker.transactionEnable().make() : maker.make();
      HTreeMap<String, byte[]> map =
          db.hashMap("map", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen();
      return new ValuesOnly() {
        @Override
        public void put(String key, byte[] value) {
          map.put(key, value);
          if (durable) {
            db.commit();
          }
        }

        @Override
        public byte @Nullable [] get(String key) {
          return map.get(key);
        }

        @Override
        public void close() {
          db.close();
        }
      };
    }
  },
  /** With a commit and a sync after each put where that is to be durable. */
  H2_MVSTORE {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
      MVStore store = MVStore.open(directory.resolve("map.mv").toString());
      MVMap<String, byte[]> map = store.openMap("map");
      return new ValuesOnly() {
        @Override
        public void put(String key, byte[] value) {
          map.put(key, value);
          if (durability != Durability.NONE) {
            store.commit();
            store.sync();
          }
        }

        @Override
        public byte @Nullable [] get(String key) {
          return map.get(key);
        }

        @Override
        public void close() {
          store.close();
        }
      };
    }
  },
  /** With a synced write-ahead log where a put is to be durable, and one that is not synced. */
  ROCKSDB {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) throws Exception {
      RocksDB.loadLibrary();
      Options options = new Options().setCreateIfMissing(true);
      RocksDB db = RocksDB.open(options, directory.toString());
      WriteOptions write = new WriteOptions().setSync(durability != Durability.NONE);
      return new ValuesOnly() {
        @Override
        public void put(String key, byte[] value) throws Exception {
          db.put(write, key.getBytes(StandardCharsets.UTF_8), value);
        }

        @Override
        public byte @Nullable [] get(String key) throws Exception {
          return db.get(key.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
          write.close();
          db.close();
          options.close();
        }
      };
    }
  },
  /** Its disk tier, with the heap tier that it needs made small. It does not sync. */
  EHCACHE {
    @Override
    DiskMap open(Path directory, Durability durability, int limit) {
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
      return new ValuesOnly() {
        @Override
        public void put(String key, byte[] value) {
          cache.put(key, value);
        }

        @Override
        public byte @Nullable [] get(String key) {
          return cache.get(key);
        }

        @Override
        public void close() {
          manager.close();
        }
      };
    }
  };

  /** The length of the values where a peer limits bytes. */
  static final int VALUE_BYTES = 100;

  /** Whether there is one file a key, of a plain name, and nothing is to be known besides. */
  boolean hasPlainFiles() {
    return this == JSTORAGE || this == RAW;
  }

  abstract DiskMap open(Path directory, Durability durability, int limit) throws Exception;

  /** A peer that is asked for values only. */
  private abstract static class ValuesOnly implements DiskMap {
    @Override
    public boolean contains(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long keys() {
      throw new UnsupportedOperationException();
    }
  }
}
