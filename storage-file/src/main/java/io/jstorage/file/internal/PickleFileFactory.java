package io.jstorage.file.internal;

/** The service {@code storage.pickle}, whose codec is in a jar that the user adds. */
public final class PickleFileFactory extends FileFactory {
  /** For {@link java.util.ServiceLoader}. */
  public PickleFileFactory() {
    super("storage.pickle", ".storage.pkl", "pickle");
  }
}
