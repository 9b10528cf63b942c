package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.file.FileStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StandardOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the services of one file per key have in common; they differ in these few strings. */
abstract class FileFactory extends ByteStoreFactory {
  private final String name;
  private final Option<String> suffix;
  private final String codec;
  private final List<String> transforms;

  FileFactory(String name, String suffix, String codec, String... transforms) {
    this.name = name;
    this.suffix = FileStore.SUFFIX.withDefault(suffix);
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
    return Set.of(
        FileStore.PATH,
        suffix,
        FileStore.DURABILITY,
        StandardOptions.EXPIRATION,
        StandardOptions.CLOCK);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    FileStore.Builder builder =
        FileStore.at(pathIn(options))
            .suffix(options.get(suffix))
            .durability(options.get(FileStore.DURABILITY));
    options.find(StandardOptions.EXPIRATION).ifPresent(builder::expiration);
    if (options.has(StandardOptions.CLOCK)) {
      // Not for its default: without a clock the file system dates the files itself.
      builder.clock(options.get(StandardOptions.CLOCK));
    }
    return builder.open();
  }

  /** Returns the directory that options name, or the user's private one. */
  static Path pathIn(StorageOptions options) {
    return options.find(FileStore.PATH).orElseGet(FileFactory::defaultPath);
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
