package com.example.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Found by its name, for the files of another jar. */
class CborFilesTest {
  record Point(int x, int y) {}

  @TempDir Path directory;

  private <V> Storage<V> open(Class<V> type, StorageOptions more) {
    StorageOptions options =
        StorageOptions.of("path", directory, "suffix", ".cbor", "codec", "example.cbor");
    return StorageProvider.load().create("storage.json", type, options.withAll(more));
  }

  @Test
  void aFileHoldsThePlainCbor() throws IOException {
    try (Storage<Point> points = open(Point.class, StorageOptions.none())) {
      points.put("p", new Point(1, 2));
      assertThat(points.require("p")).isEqualTo(new Point(1, 2));
    }
    assertThat(Files.readAllBytes(directory.resolve("p.cbor")))
        .isEqualTo(CborCodec.of(Point.class).encode(new Point(1, 2)));
  }

  @Test
  void aFileThatIsNoCborIsAnErrorForItsKeyAndPutRightByAWrite() throws IOException {
    try (Storage<Point> points = open(Point.class, StorageOptions.none())) {
      points.put("good", new Point(1, 2));
      Files.write(directory.resolve("bad.cbor"), new byte[] {(byte) 0xff});
      assertThatThrownBy(() -> points.get("bad"))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("'bad'");
      assertThat(points.require("good")).isEqualTo(new Point(1, 2));
      points.put("bad", new Point(3, 4));
      assertThat(points.require("bad")).isEqualTo(new Point(3, 4));
    }
  }

  @Test
  void aValueBeyondTheLimitLeavesTheOldOne() {
    try (Storage<String> texts =
        open(String.class, StorageOptions.of("example.cbor.limit", "100"))) {
      texts.put("k", "short");
      assertThatThrownBy(() -> texts.put("k", "long".repeat(100)))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("example.cbor.limit");
      assertThat(texts.require("k")).isEqualTo("short");
    }
  }

  @Test
  void invalidOptionsAndTypesAreRefusedBeforeAnythingIsMade() {
    Path absent = directory.resolve("absent");
    for (StorageOptions options :
        List.of(
            StorageOptions.of("path", absent, "example.cbor.limit", 0),
            StorageOptions.of("path", absent, "example.cbor.limits", 1))) {
      assertThatThrownBy(() -> open(String.class, options))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("example.cbor.limit");
    }
    assertThatThrownBy(() -> open(CborCodecTest.Ambiguous.class, StorageOptions.of("path", absent)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("cannot hold");
    assertThat(absent).doesNotExist();
  }
}
