package io.jstorage.benchmarks.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes everything on. */
abstract class ForwardingDiskMap implements DiskMap {
  private final DiskMap map;

  ForwardingDiskMap(DiskMap map) {
    this.map = map;
  }

  @Override
  public void put(String key, byte[] value) throws Exception {
    map.put(key, value);
  }

  @Override
  public byte @Nullable [] get(String key) throws Exception {
    return map.get(key);
  }

  @Override
  public boolean contains(String key) throws Exception {
    return map.contains(key);
  }

  @Override
  public void remove(String key) throws Exception {
    map.remove(key);
  }

  @Override
  public long size() throws Exception {
    return map.size();
  }

  @Override
  public long keys() throws Exception {
    return map.keys();
  }

  @Override
  public void close() throws IOException {
    map.close();
  }
}
