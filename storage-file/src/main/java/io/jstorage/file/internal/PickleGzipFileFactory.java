package io.jstorage.file.internal;

/** The service {@code storage.pickle.gzip}, whose codec is in a jar that the user adds. */
public final class PickleGzipFileFactory extends FileFactory {
  /** For {@link java.util.ServiceLoader}. */
  public PickleGzipFileFactory() {
    super("storage.pickle.gzip", ".storage.pkl.gz", "pickle", "gzip");
  }
}
