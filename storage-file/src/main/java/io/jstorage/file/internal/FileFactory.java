package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.file.FileOptions;
import io.jstorage.file.FileStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The common part of the services of one file per key; they differ in these few strings. */
abstract class FileFactory extends ByteStoreFactory {
  private final String name;
  private final Option<String> suffix;
  private final String codec;
  private final List<String> transforms;

  FileFactory(String name, String suffix, String codec, String... transforms) {
    this.name = name;
    this.suffix = FileOptions.SUFFIX.withDefault(suffix);
    this.codec = codec;
    this.transforms = List.of(transforms);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> defaultCodec() {
    return Optional.of(codec);
  }

  @Override
  public List<String> defaultTransforms() {
    return transforms;
  }

  @Override
  public Set<Option<?>> options() {
    Set<Option<?>> options = new HashSet<>(FileOptions.all());
    options.remove(FileOptions.SUFFIX);
    options.add(suffix);
    return Set.copyOf(options);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    return FileStore.open(withPath(options).with(suffix, options.get(suffix)));
  }

  /** Adds the user's private directory to options that name none. */
  static StorageOptions withPath(StorageOptions options) {
    return options.has(FileOptions.PATH) ? options : options.with(FileOptions.PATH, defaultPath());
  }

  private static Path defaultPath() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return PrivateDirectory.in(temporary, System.getProperty("user.name"));
    } catch (IOException e) {
      throw new StorageException(
          "cannot make the default directory for storages: %s. Name another one by the option 'path'"
              .formatted(e),
          e);
    }
  }
}
