package io.jstorage.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.compress.app.MapFactory;
import io.jstorage.provider.StorageProvider;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The transforms by name, as users of the provider meet them. */
class CompressFactoriesTest {
  private static final byte[] PLAIN = Samples.text(5000);

  private final MapFactory factory = new MapFactory();
  private final StorageProvider provider = StorageProvider.load().register(factory);

  private Storage<byte[]> create(StorageOptions options) {
    return provider.create("test.map", byte[].class, options);
  }

  @ParameterizedTest
  @EnumSource
  void aStorageTakesTheTransformByName(Kind kind) throws Exception {
    try (Storage<byte[]> storage = create(StorageOptions.of("transforms", kind.transformName()))) {
      storage.put("k", PLAIN.clone());
      assertThat(storage.require("k")).isEqualTo(PLAIN);
    }
    assertThat(kind.stockDecompress(stored())).isEqualTo(PLAIN);
  }

  private byte[] stored() {
    return factory.bytes.values().iterator().next();
  }

  @Test
  void severalTransformsAreAppliedInOrderAndUndoneInReverse() throws Exception {
    StorageOptions options = StorageOptions.of("transforms", "lz4,xz,zstd,snappy");
    try (Storage<byte[]> storage = create(options)) {
      storage.put("k", PLAIN.clone());
      assertThat(storage.require("k")).isEqualTo(PLAIN);
    }
    byte[] bytes = stored();
    for (Kind kind : List.of(Kind.SNAPPY, Kind.ZSTD, Kind.XZ, Kind.LZ4)) {
      bytes = kind.stockDecompress(bytes);
    }
    assertThat(bytes).isEqualTo(PLAIN);
    try (Storage<byte[]> another = create(StorageOptions.of("transforms", "lz4,zstd,xz,snappy"))) {
      assertThatThrownBy(() -> another.get("k")).isInstanceOf(CodecException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageIsACodecExceptionForThatKeyThatAPutRepairs(Kind kind) {
    try (Storage<byte[]> storage = create(StorageOptions.of("transforms", kind.transformName()))) {
      storage.put("k", PLAIN.clone());
      storage.put("other", PLAIN.clone());
      factory.bytes.put("k", Arrays.copyOf(factory.bytes.get("k"), 30));
      assertThatThrownBy(() -> storage.get("k"))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("'k'", kind.transformName());
      assertThat(storage.require("other")).isEqualTo(PLAIN);
      storage.put("k", PLAIN.clone());
      assertThat(storage.require("k")).isEqualTo(PLAIN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueAboveTheLimitLeavesTheOldOne(Kind kind) {
    String name = kind.transformName();
    StorageOptions options = StorageOptions.of("transforms", name).with(name + ".limit", "100");
    try (Storage<byte[]> storage = create(options)) {
      storage.put("k", new byte[100]);
      assertThatThrownBy(() -> storage.put("k", new byte[101]))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining(name + ".limit");
      assertThat(storage.require("k")).hasSize(100);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRatioIsAnOption(Kind kind) throws Exception {
    String name = kind.transformName();
    byte[] coded = kind.format().compress(new byte[2 << 20]);
    try (Storage<byte[]> strict =
            create(StorageOptions.of("transforms", name).with(name + ".ratio", "10"));
        Storage<byte[]> lax =
            create(StorageOptions.of("transforms", name).with(name + ".ratio", "50000"))) {
      factory.bytes.put("k", coded);
      assertThatThrownBy(() -> strict.get("k")).hasMessageContaining(name + ".ratio");
      assertThat(lax.require("k")).hasSize(2 << 20);
    }
  }

  @ParameterizedTest
  @CsvSource({"xz, 0, 9", "zstd, 1, 22"})
  void theLevelIsAnOption(String name, int fast, int small) {
    int[] lengths = new int[2];
    for (int i = 0; i < 2; i++) {
      StorageOptions options =
          StorageOptions.of("transforms", name).with(name + ".level", i == 0 ? fast : small);
      try (Storage<byte[]> storage = create(options)) {
        storage.put("k", Samples.text(30_000));
      }
      lengths[i] = stored().length;
    }
    assertThat(lengths[1]).isLessThan(lengths[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "lz4, limit, 0", "lz4, limit, -1", "lz4, limit, much", "lz4, limit, 3000000000",
        "lz4, ratio, 9",
    "snappy, limit, 0", "snappy, ratio, 9", "xz, limit, 0", "xz, ratio, 9", "xz, level, -1",
    "xz, level, 10", "zstd, limit, 0", "zstd, ratio, 9", "zstd, level, 0", "zstd, level, 23"
  })
  void optionsOutOfRangeAreRefusedBeforeAnythingIsOpened(String name, String option, String value) {
    StorageOptions options = StorageOptions.of("transforms", name).with(name + "." + option, value);
    assertThatThrownBy(() -> create(options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(name + "." + option, value);
    assertThat(factory.opened).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"lz4, level", "snappy, level", "zstd, levle", "xz, limits"})
  void anOptionThatTheTransformHasNotIsRefused(String name, String option) {
    StorageOptions options = StorageOptions.of("transforms", name).with(name + "." + option, 1);
    assertThatThrownBy(() -> create(options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(name + "." + option, name + ".limit", name + ".ratio");
  }
}
