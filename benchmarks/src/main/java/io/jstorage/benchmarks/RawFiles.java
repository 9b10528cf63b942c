package io.jstorage.benchmarks;

import io.jstorage.file.Durability;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * One file per key by the system calls that are needed and nothing else: a private temporary file,
 * the same syncs as the store's, the lock of the directory, one rename.
 */
final class RawFiles implements Closeable {
  static final String SUFFIX = ".bin";
  private static final int SYNCERS = 8;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;
  private final Durability durability;
  private final boolean expiring;
  private final FileChannel lockFile;
  private final ReentrantLock mutex = new ReentrantLock();
  private final String temporaryPrefix = ".t" + ProcessHandle.current().pid() + "-";
  private final ExecutorService syncers = Executors.newFixedThreadPool(SYNCERS);
  private final AtomicLong temporary = new AtomicLong();

  RawFiles(Path directory, Durability durability, boolean expiring) throws IOException {
    this.directory = directory;
    this.durability = durability;
    this.expiring = expiring;
    this.lockFile =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Returns its operations; the one that gets many gets one by one. */
  DiskMap map() {
    return new DiskMap(
        this::get,
        this::put,
        this::contains,
        this::remove,
        () -> sum(name -> 1),
        () -> sum(name -> name.length() - SUFFIX.length()),
        this::putAll,
        this::getAll,
        this::removeAll,
        this);
  }

  void put(String key, byte[] value) throws IOException {
    Path file = temporary();
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(value);
      if (expiring) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
      }
      if (durability != Durability.NONE) {
        out.getFD().sync();
      }
    }
    locked(() -> Files.move(file, at(key), StandardCopyOption.ATOMIC_MOVE));
    syncNames();
  }

  /** All temporary files first, then their syncs by some threads, the renames, and one sync. */
  private void putAll(Map<String, byte[]> entries) throws Exception {
    Map<Path, Path> files = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      Path file = temporary();
      Files.write(file, entry.getValue());
      files.put(file, at(entry.getKey()));
    }
    if (durability != Durability.NONE) {
      List<Callable<Object>> syncs = new ArrayList<>();
      files.keySet().forEach(file -> syncs.add(() -> sync(file, StandardOpenOption.WRITE)));
      for (Future<Object> sync : syncers.invokeAll(syncs)) {
        sync.get();
      }
    }
    locked(
        () -> {
          for (Map.Entry<Path, Path> file : files.entrySet()) {
            Files.move(file.getKey(), file.getValue(), StandardCopyOption.ATOMIC_MOVE);
          }
        });
    syncNames();
  }

  private Map<String, byte[]> getAll(List<String> keys) throws IOException {
    Map<String, byte[]> values = new HashMap<>();
    for (String key : keys) {
      values.put(key, get(key));
    }
    return values;
  }

  private void removeAll(List<String> keys) throws IOException {
    locked(
        () -> {
          for (String key : keys) {
            Files.delete(at(key));
          }
        });
    syncNames();
  }

  private Path temporary() throws IOException {
    Path file = directory.resolve(temporaryPrefix + temporary.getAndIncrement());
    return Files.createFile(file, OWNER_ONLY);
  }

  private interface Change {
    void make() throws IOException;
  }

  private void locked(Change change) throws IOException {
    mutex.lock();
    try {
      FileLock lock = lockFile.lock();
      change.make();
      lock.release();
    } finally {
      mutex.unlock();
    }
  }

  private static Path sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
    return path;
  }

  private void syncNames() throws IOException {
    if (durability == Durability.FULL) {
      sync(directory, StandardOpenOption.READ);
    }
  }

  private Path at(String key) {
    return directory.resolve(key + SUFFIX);
  }

  byte[] get(String key) throws IOException {
    return Files.readAllBytes(at(key));
  }

  private boolean contains(String key) {
    return Files.exists(at(key), LinkOption.NOFOLLOW_LINKS);
  }

  void remove(String key) throws IOException {
    locked(() -> Files.delete(at(key)));
    syncNames();
  }

  private long sum(ToIntFunction<String> each) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          sum += each.applyAsInt(name);
        }
      }
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    syncers.shutdown();
    lockFile.close();
  }
}
