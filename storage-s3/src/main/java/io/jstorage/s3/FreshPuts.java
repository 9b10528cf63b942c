package io.jstorage.s3;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Keeps the purges of this JVM from taking what its writers have just written. S3 deletes by entity
 * tag, which is that of the content: between finding an object expired and deleting it, the same
 * bytes may have been written afresh.
 */
final class FreshPuts {
  private static final ReadWriteLock[] LOCKS =
      Stream.generate(ReentrantReadWriteLock::new).limit(64).toArray(ReadWriteLock[]::new);

  private FreshPuts() {}

  /** Held while an object is written; writers do not wait for one another. */
  static Lock whileWriting(String bucket, String name) {
    return of(bucket, name).readLock();
  }

  /** Held while an object is looked at and deleted. */
  static Lock whilePurging(String bucket, String name) {
    return of(bucket, name).writeLock();
  }

  private static ReadWriteLock of(String bucket, String name) {
    return LOCKS[Math.floorMod(31 * bucket.hashCode() + name.hashCode(), LOCKS.length)];
  }
}
