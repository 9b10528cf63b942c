package io.jstorage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A disk that makes its calls and records those that change something under a directory, with what
 * they write, in the one order in which they were made. Forcing to the disk is only recorded.
 */
final class RecordingDisk extends Disk {
  /** An action just before a call. */
  @FunctionalInterface
  interface Hook {
    void before(String call, Path path) throws IOException;
  }

  private final Path root;
  private final List<DiskCall> history = new ArrayList<>();
  private final Map<Path, Integer> names = new HashMap<>();
  private final IdentityHashMap<OutputStream, Integer> opened = new IdentityHashMap<>();
  private volatile Hook hook = (call, path) -> {};
  private int files;
  private int operations;

  /** Begins with what stands under a directory, all of it settled. */
  RecordingDisk(Path root) throws IOException {
    this.root = root;
    List<Path> present;
    try (Stream<Path> walk = Files.walk(root)) {
      present = walk.filter(path -> !path.equals(root)).sorted().toList();
    }
    for (Path path : present) {
      if (Files.isDirectory(path)) {
        history.add(new DiskCall.MakeDirectory(path));
      } else {
        int file = created(path);
        history.add(new DiskCall.Write(file, Files.readAllBytes(path)));
        history.add(new DiskCall.Modify(file, Files.getLastModifiedTime(path)));
      }
    }
    settle();
  }

  Path root() {
    return root;
  }

  void hook(Hook hook) {
    this.hook = hook;
  }

  synchronized List<DiskCall> history() {
    return List.copyOf(history);
  }

  /** Marks that time enough has passed for everything to be on the disk. */
  synchronized void settle() {
    history.add(new DiskCall.Settled());
  }

  /** Marks the beginning of an operation. */
  synchronized int started(Map<String, Optional<String>> changes) {
    history.add(new DiskCall.Started(++operations, Map.copyOf(changes)));
    return operations;
  }

  /** Marks the return of an operation. */
  synchronized void returned(int operation) {
    history.add(new DiskCall.Returned(operation));
  }

  private synchronized int created(Path path) {
    names.put(path, ++files);
    history.add(new DiskCall.Create(path, files));
    return files;
  }

  private int fileOf(OutputStream out) {
    Integer file = opened.get(out);
    if (file == null) {
      throw new AssertionError("a file that was not opened here");
    }
    return file;
  }

  private int fileOf(Path path) {
    Integer file = names.get(path);
    if (file == null) {
      throw new AssertionError(path + " was not made here");
    }
    return file;
  }

  @Override
  void createDirectory(Path directory) throws IOException {
    hook.before("createDirectory", directory);
    synchronized (this) {
      boolean there = Files.exists(directory);
      super.createDirectory(directory);
      if (!there) {
        history.add(new DiskCall.MakeDirectory(directory));
      }
    }
  }

  @Override
  FileOutputStream create(Path file) throws IOException {
    hook.before("create", file);
    synchronized (this) {
      FileOutputStream out = super.create(file);
      opened.put(out, created(file));
      return out;
    }
  }

  @Override
  void write(FileOutputStream file, byte[] bytes) throws IOException {
    hook.before("write", root);
    synchronized (this) {
      super.write(file, bytes);
      history.add(new DiskCall.Write(fileOf(file), bytes.clone()));
    }
  }

  @Override
  void setModified(Path file, FileTime modified) throws IOException {
    hook.before("setModified", file);
    synchronized (this) {
      super.setModified(file, modified);
      history.add(new DiskCall.Modify(fileOf(file), modified));
    }
  }

  @Override
  void sync(FileOutputStream file, Path path) throws IOException {
    hook.before("sync", root);
    synchronized (this) {
      history.add(new DiskCall.Sync(fileOf(file)));
    }
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    hook.before("rename", to);
    synchronized (this) {
      super.rename(from, to);
      int file = fileOf(from);
      names.remove(from);
      names.put(to, file);
      history.add(new DiskCall.Rename(from, to, file));
    }
  }

  @Override
  void delete(Path file) throws IOException {
    hook.before("delete", file);
    synchronized (this) {
      super.delete(file);
      if (names.remove(file) != null) {
        history.add(new DiskCall.Delete(file));
      }
    }
  }

  @Override
  void syncDirectory(Path directory) throws IOException {
    hook.before("syncDirectory", directory);
    synchronized (this) {
      history.add(new DiskCall.SyncNames(directory));
    }
  }

  @Override
  OutputStream openToAppend(Path file) throws IOException {
    synchronized (this) {
      OutputStream out = super.openToAppend(file);
      opened.put(out, fileOf(file));
      return out;
    }
  }

  @Override
  void append(OutputStream file, byte[] bytes) throws IOException {
    hook.before("append", root);
    synchronized (this) {
      super.append(file, bytes);
      history.add(new DiskCall.Write(fileOf(file), bytes.clone()));
    }
  }
}
