package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameLimitTest {
  @TempDir Path root;

  /** A disk whose names are shorter than those of most. */
  private static Disk taking(int limit) {
    return new Disk() {
      @Override
      @Nullable String fileSystemType(Path directory) {
        return "fuse.encfs";
      }

      private void check(Path file) throws IOException {
        if (file.getFileName().toString().length() > limit) {
          throw new FileSystemException(file.toString(), null, "File name too long");
        }
      }

      @Override
      FileOutputStream create(Path file) throws IOException {
        check(file);
        return super.create(file);
      }

      @Override
      void rename(Path from, Path to) throws IOException {
        check(to);
        super.rename(from, to);
      }
    };
  }

  @Test
  void theLimitIsFoundAtOpening() throws IOException {
    for (int limit : new int[] {100, 143, 175, 251, 254, 255, 300}) {
      assertThat(NameLimit.probe(taking(limit), root, 80)).isEqualTo(Math.min(limit, 255));
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void keysOfEveryLengthAreKeptUnderShorterNames() {
    List<String> keys = IntStream.rangeClosed(1, 300).mapToObj("k"::repeat).toList();
    try (Storage<String> storage = FileStore.at(root).disk(taking(175)).storage(Codecs.text())) {
      keys.forEach(key -> storage.put(key, "v" + key.length()));
      for (String key : keys) {
        assertThat(storage.get(key)).hasValue("v" + key.length());
      }
      try (Stream<String> listed = storage.keys()) {
        assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
      }
      storage.clear();
      assertThat(storage.size()).isZero();
    }
  }

  @Test
  void aLimitThatLeavesNoRoomForASuffixIsAnErrorAtOpening() {
    assertThatThrownBy(
            () -> FileStore.at(root).suffix("." + "s".repeat(60)).disk(taking(120)).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("names of 120 bytes")
        .hasMessageContaining("shorter suffix");
    assertThatThrownBy(() -> FileStore.at(root).disk(taking(20)).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("File name too long");
  }

  @Test
  void anAbandonedProbeIsSweptLikeAnyTemporaryFile() {
    for (int length : new int[] {TemporaryNames.MIN_BYTES, 100, 255}) {
      String name = TemporaryNames.next(0, length);
      assertThat(name).hasSize(length);
      assertThat(TemporaryNames.isAbandoned(name, System.currentTimeMillis())).isTrue();
    }
  }
}
