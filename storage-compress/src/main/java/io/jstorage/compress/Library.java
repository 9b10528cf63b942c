package io.jstorage.compress;

import io.jstorage.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/** The libraries that only the user adds. */
enum Library {
  XZ("xz", "org.tukaani:xz", "org.tukaani.xz", "org.tukaani.xz.XZInputStream"),
  ZSTD(
      "zstd",
      "com.github.luben:zstd-jni",
      "com.github.luben.zstd_jni",
      "com.github.luben.zstd.Zstd");

  private final String transform;
  private final String artifact;
  private final String module;
  private final String className;

  Library(String transform, String artifact, String module, String className) {
    this.transform = transform;
    this.artifact = artifact;
    this.module = module;
    this.className = className;
  }

  /**
   * Fails unless the library is there and can be used.
   *
   * @throws InvalidOptionException saying what to add
   */
  void require() {
    try {
      // Initialised, for zstd loads its native part then.
      Class<?> found = Class.forName(className, true, Library.class.getClassLoader());
      if (!Library.class.getModule().canRead(found.getModule())) {
        throw missing(null);
      }
    } catch (ClassNotFoundException e) {
      throw missing(e);
    } catch (LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new InvalidOptionException(
          "the transform '%s' needs the library %s, which is there and cannot be loaded: %s%s"
              .formatted(transform, artifact, root, advice(root)),
          e);
    }
  }

  /** A second attempt has the first one's exception as a text, so that this looks at the text. */
  private String advice(Throwable root) {
    return root.toString().contains("IllegalCallerException")
        ? ". Let it load native code: java --enable-native-access=ALL-UNNAMED where it is on the class path, --enable-native-access=%s where it is a module"
            .formatted(module)
        : "";
  }

  private InvalidOptionException missing(@Nullable Exception cause) {
    return new InvalidOptionException(
        "the transform '%s' needs the library %s: add it to the class path, or to the module path and name the module %s to --add-modules or in a requires"
            .formatted(transform, artifact, module),
        cause);
  }
}
