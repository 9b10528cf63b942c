package io.jstorage.file.internal;

/** The service {@code storage.serialized}. */
public final class SerializedFileFactory extends FileFactory {
  /** For {@link java.util.ServiceLoader}. */
  public SerializedFileFactory() {
    super("storage.serialized", ".storage.ser", "serialized");
  }
}
