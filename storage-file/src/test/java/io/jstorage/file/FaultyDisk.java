package io.jstorage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A disk that records its calls, and fails one in place of making it. Forcing to the disk takes
 * time and shows nothing, so it is only recorded.
 */
final class FaultyDisk extends Disk {
  /** An action just before a call. */
  @FunctionalInterface
  interface Hook {
    void before(String call, Path path) throws IOException;
  }

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger callsUntilFailure = new AtomicInteger();
  private volatile @Nullable Function<Path, IOException> failure;
  private volatile Hook hook = (call, path) -> {};
  private volatile @Nullable String type;
  private volatile boolean readOnly;

  /** Lets the n-th call from now on fail. */
  void failAt(int n, Function<Path, IOException> failure) {
    callsUntilFailure.set(n);
    this.failure = failure;
  }

  /** Lets no call fail, and tells whether one has. */
  boolean heal() {
    boolean failed = failure == null;
    failure = null;
    return failed;
  }

  void hook(Hook hook) {
    this.hook = hook;
  }

  /** Lets directories be on a file system of a type; "tmpfs" does not list in place. */
  void type(String type) {
    this.type = type;
  }

  /** Lets directories be on a read-only medium. */
  void readOnly() {
    readOnly = true;
  }

  List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  private void call(String name, Path path) throws IOException {
    calls.add(name);
    hook.before(name, path);
    Function<Path, IOException> pending = failure;
    if (pending != null && callsUntilFailure.decrementAndGet() == 0) {
      failure = null;
      throw pending.apply(path);
    }
  }

  @Override
  void createDirectory(Path directory) throws IOException {
    call("createDirectory", directory);
    super.createDirectory(directory);
  }

  @Override
  FileOutputStream create(Path file) throws IOException {
    call("create", file);
    return super.create(file);
  }

  @Override
  void write(FileOutputStream file, byte[] bytes) throws IOException {
    try {
      call("write", Path.of("file"));
    } catch (IOException e) {
      // As much as there was room for is written all the same.
      super.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      throw e;
    }
    super.write(file, bytes);
  }

  @Override
  void setModified(Path file, FileTime modified) throws IOException {
    call("setModified", file);
    super.setModified(file, modified);
  }

  @Override
  void sync(FileOutputStream file, Path path) throws IOException {
    call("sync", path);
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    call("rename", to);
    super.rename(from, to);
  }

  @Override
  void delete(Path file) throws IOException {
    call("delete", file);
    super.delete(file);
  }

  @Override
  void syncDirectory(Path directory) throws IOException {
    call("syncDirectory", directory);
  }

  @Override
  @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    call("attributes", file);
    return super.attributes(file);
  }

  @Override
  byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
    call("read", file);
    return super.read(file, likelyBytes);
  }

  @Override
  @Nullable InputStream open(Path file) throws IOException {
    call("open", file);
    return super.open(file);
  }

  @Override
  OutputStream openToAppend(Path file) throws IOException {
    call("openToAppend", file);
    return super.openToAppend(file);
  }

  @Override
  void append(OutputStream file, byte[] bytes) throws IOException {
    try {
      call("append", Path.of("file"));
    } catch (IOException e) {
      super.append(file, Arrays.copyOf(bytes, bytes.length / 2));
      throw e;
    }
    super.append(file, bytes);
  }

  @Override
  InputStream openToRead(Path file) throws IOException {
    call("openToRead", file);
    return super.openToRead(file);
  }

  @Override
  int readOn(InputStream file, byte[] buffer, int offset) throws IOException {
    call("readOn", Path.of("file"));
    return super.readOn(file, buffer, offset);
  }

  @Override
  DirectoryStream<Path> list(Path directory) throws IOException {
    call("list", directory);
    DirectoryStream<Path> listing = super.list(directory);
    Iterator<Path> paths = listing.iterator();
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            try {
              call("next", directory);
            } catch (IOException e) {
              throw new DirectoryIteratorException(e);
            }
            return paths.hasNext();
          }

          @Override
          public Path next() {
            return paths.next();
          }
        };
      }

      @Override
      public void close() throws IOException {
        listing.close();
        calls.add("closeListing");
      }
    };
  }

  @Override
  @Nullable String fileSystemType(Path directory) throws IOException {
    String told = type;
    return told == null ? super.fileSystemType(directory) : told;
  }

  @Override
  boolean isReadOnly(Path directory) throws IOException {
    return (readOnly && Files.isDirectory(directory)) || super.isReadOnly(directory);
  }

  @Override
  void link(Path name, Path existing) throws IOException {
    call("link", name);
    super.link(name, existing);
  }

  @Override
  FileChannel openLock(Path file) throws IOException {
    call("openLock", file);
    return super.openLock(file);
  }

  @Override
  @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    call("tryLock", Path.of(DirectoryLock.NAME));
    return super.tryLock(channel);
  }

  @Override
  void unlock(FileLock lock) throws IOException {
    call("unlock", Path.of(DirectoryLock.NAME));
    super.unlock(lock);
  }
}
