package io.jstorage.cli;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stranger's storage of one entry, {@code k}, whose path is a file. */
public final class OneFileFactory extends ByteStoreFactory {
  private static final Option<Path> PATH =
      Option.path("path").describedAs("The file of the entry.").required();

  @Override
  public String name() {
    return "test.onefile";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(PATH);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    return new OneFile(options.get(PATH));
  }

  private static final class OneFile implements ByteStore {
    private final Path file;

    OneFile(Path file) {
      this.file = file;
    }

    @Override
    public byte @Nullable [] read(String key, Access access) throws IOException {
      return key.equals("k") ? Files.readAllBytes(file) : null;
    }

    @Override
    public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
      Files.write(file, value);
      return true;
    }

    @Override
    public boolean delete(String key, Condition condition) throws IOException {
      return Files.deleteIfExists(file);
    }

    @Override
    public Stream<String> keys(String prefix) {
      return Stream.of("k").filter(key -> key.startsWith(prefix));
    }
  }
}
