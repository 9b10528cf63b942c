package io.jstorage.cli.pystorage;

import java.util.List;

/** The formats of pystorage's files. */
public enum PyFormat {
  /** Of {@code storage.json}. */
  JSON("json", false, ".storage.json"),
  /** Of {@code storage.pickle} and {@code storage.disklru}. */
  PICKLE("pickle", false, ".storage.pkl"),
  /** Of {@code storage.pickle.gzip}. */
  PICKLE_GZIP("pickle", true, ".storage.pkl.gz");

  final String codec;
  private final boolean zipped;

  private final String suffix;

  PyFormat(String codec, boolean zipped, String suffix) {
    this.codec = codec;
    this.zipped = zipped;
    this.suffix = suffix;
  }

  List<String> transforms() {
    return zipped ? List.of("gzip") : List.of();
  }

  /** The suffix of the files, unless the program that wrote them used another. */
  public String suffix() {
    return suffix;
  }
}
