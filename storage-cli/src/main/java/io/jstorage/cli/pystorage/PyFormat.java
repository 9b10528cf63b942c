package io.jstorage.cli.pystorage;

import java.util.List;

/** The formats of pystorage's files. */
public enum PyFormat {
  /** Of {@code storage.json}. */
  JSON("json", List.of(), ".storage.json"),
  /** Of {@code storage.pickle} and {@code storage.disklru}. */
  PICKLE("pickle", List.of(), ".storage.pkl"),
  /** Of {@code storage.pickle.gzip}. */
  PICKLE_GZIP("pickle", List.of("gzip"), ".storage.pkl.gz");

  final String codec;
  final List<String> transforms;

  private final String suffix;

  PyFormat(String codec, List<String> transforms, String suffix) {
    this.codec = codec;
    this.transforms = transforms;
    this.suffix = suffix;
  }

  /** What the names of the files end in, unless the program that wrote them had another. */
  public String suffix() {
    return suffix;
  }
}
