package io.jstorage.file.internal;

/** The service {@code storage.serialized.gzip}. */
public final class SerializedGzipFileFactory extends FileFactory {
  /** For {@link java.util.ServiceLoader}. */
  public SerializedGzipFileFactory() {
    super("storage.serialized.gzip", ".storage.ser.gz", "serialized", "gzip");
  }
}
