package io.jstorage.benchmarks.file;

import io.jstorage.file.Durability;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One file per key by the system calls that are needed and nothing else: a private temporary file,
 * the same syncs as the store's, the lock of the directory, one rename.
 */
final class RawFiles implements DiskMap {
  static final String SUFFIX = ".bin";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;
  private final Durability durability;
  private final boolean expiring;
  private final FileChannel lockFile;
  private final ReentrantLock mutex = new ReentrantLock();
  private final String temporaryPrefix = ".t" + ProcessHandle.current().pid() + "-";
  private final AtomicLong temporary = new AtomicLong();

  RawFiles(Path directory, Durability durability, boolean expiring) throws IOException {
    this.directory = directory;
    this.durability = durability;
    this.expiring = expiring;
    this.lockFile =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @Override
  public void put(String key, byte[] value) throws IOException {
    Path file = directory.resolve(temporaryPrefix + temporary.getAndIncrement());
    Files.createFile(file, OWNER_ONLY);
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(value);
      if (expiring) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
      }
      if (durability != Durability.NONE) {
        out.getFD().sync();
      }
    }
    mutex.lock();
    try {
      FileLock lock = lockFile.lock();
      Files.move(file, at(key), StandardCopyOption.ATOMIC_MOVE);
      lock.release();
    } finally {
      mutex.unlock();
    }
    syncNames();
  }

  private void syncNames() throws IOException {
    if (durability == Durability.FULL) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path at(String key) {
    return directory.resolve(key + SUFFIX);
  }

  @Override
  public byte @Nullable [] get(String key) throws IOException {
    return Files.readAllBytes(at(key));
  }

  @Override
  public boolean contains(String key) {
    return Files.exists(at(key), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void remove(String key) throws IOException {
    mutex.lock();
    try {
      FileLock lock = lockFile.lock();
      Files.delete(at(key));
      lock.release();
    } finally {
      mutex.unlock();
    }
    syncNames();
  }

  @Override
  public long size() throws IOException {
    return sum(name -> 1);
  }

  @Override
  public long keys() throws IOException {
    return sum(name -> name.length() - SUFFIX.length());
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
    lockFile.close();
  }
}
