package io.jstorage.benchmarks;

import java.util.List;

/** The comparisons to be measured, with their targets. */
final class Plan {
  private Plan() {}

  static List<Section> sections() {
    return List.of(
        MemorySections.memory(),
        MemorySections.expiry(),
        MemorySections.jcache(),
        OverheadSection.overhead(),
        NearSection.near(),
        FileSections.files(),
        FileSections.expiry(),
        FileSections.concurrent(),
        FileSections.embedded(),
        DiskLruSection.diskLru(),
        CodecSections.codecs(),
        CodecSections.layers(),
        ServerSections.redis(),
        ServerSections.s3(),
        ShellSection.shell());
  }
}
