package io.jstorage.benchmarks.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The operations that the benchmarks ask of a store on a disk. */
interface DiskMap extends AutoCloseable {
  void put(String key, byte[] value) throws Exception;

  byte @Nullable [] get(String key) throws Exception;

  boolean contains(String key) throws Exception;

  void remove(String key) throws Exception;

  long size() throws Exception;

  /** Lists all keys, and returns the sum of their lengths. */
  long keys() throws Exception;

  @Override
  void close() throws IOException;
}
