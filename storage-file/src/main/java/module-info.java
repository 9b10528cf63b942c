import io.jstorage.file.internal.DiskLruFactory;
import io.jstorage.file.internal.JsonFileFactory;
import io.jstorage.file.internal.PickleFileFactory;
import io.jstorage.file.internal.PickleGzipFileFactory;
import io.jstorage.file.internal.SerializedFileFactory;
import io.jstorage.file.internal.SerializedGzipFileFactory;
import io.jstorage.spi.StorageFactory;

/**
 * Storages of one file per key, readable by any program, durable, and shared between processes: the
 * services {@code storage.json}, {@code storage.serialized} and {@code storage.serialized.gzip},
 * with the jar {@code storage-pickle} also {@code storage.pickle} and {@code storage.pickle.gzip},
 * and the builder {@code FileStore}; with a limit, the service {@code storage.disklru} and the
 * builder {@code DiskLruStore}.
 */
module io.jstorage.file {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.file;

  provides StorageFactory with
      JsonFileFactory,
      SerializedFileFactory,
      SerializedGzipFileFactory,
      PickleFileFactory,
      PickleGzipFileFactory,
      DiskLruFactory;
}
