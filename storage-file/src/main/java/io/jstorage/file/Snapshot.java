package io.jstorage.file;

import io.jstorage.Version;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The bytes and the time of one state of a file. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and the bytes go to their one owner.
record Snapshot(byte[] bytes, FileTime modified) {
  /** Equal for equal bytes at equal times. */
  Version version() {
    return version(bytes, modified);
  }

  static Version version(byte[] bytes, FileTime modified) {
    Instant time = modified.toInstant();
    byte[] written =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(time.getEpochSecond())
            .putInt(time.getNano())
            .array();
    return Version.of(Sha256.of(written, bytes));
  }
}
