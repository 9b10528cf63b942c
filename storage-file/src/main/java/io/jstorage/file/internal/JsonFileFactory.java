package io.jstorage.file.internal;

/** The service {@code storage.json}. */
public final class JsonFileFactory extends FileFactory {
  /** For {@link java.util.ServiceLoader}. */
  public JsonFileFactory() {
    super("storage.json", ".storage.json", "json");
  }
}
