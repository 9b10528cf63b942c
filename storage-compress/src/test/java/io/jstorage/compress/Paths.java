package io.jstorage.compress;

import com.github.luben.zstd.Zstd;
import io.jstorage.provider.StorageProvider;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.XXHash32;
import org.apache.commons.compress.compressors.CompressorInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.ArrayFill;
import org.tukaani.xz.XZ;

/** The paths of JVMs that have only some of the libraries. */
final class Paths {
  static final Path TESTS = location(Paths.class);
  static final Path XZ_JAR = location(XZ.class);
  static final Path ZSTD_JAR = location(Zstd.class);

  /** This module and what it cannot do without. */
  static final List<Path> REQUIRED =
      List.of(
          location(CompressTransforms.class),
          location(StorageProvider.class),
          location(CompressorInputStream.class),
          location(XXHash32.class),
          location(IOUtils.class),
          location(ArrayFill.class));

  private Paths() {}

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static String path(List<Path> required, Path... more) {
    List<Path> all = new ArrayList<>(required);
    all.addAll(Arrays.asList(more));
    return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
