package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
  private static final List<String> TABLE =
      List.of(
          "27 1 254:0 / / rw,relatime - ext4 /dev/root rw",
          "40 27 7:1 / /data rw,relatime shared:1 - ext4 /dev/loop1 rw",
          "41 27 0:50 / /data rw,relatime - tmpfs tmpfs rw",
          "42 27 0:51 / /sub\\040volumes rw - btrfs /dev/loop2 rw",
          "43 27 0:52 /x /user rw master:2 propagate_from:1 - fuse.bindfs bindfs rw",
          "nonsense");

  @TempDir Path root;

  private static long device(long major, long minor) {
    return major << 8 | (minor & 0xff) | (minor & ~0xffL) << 12;
  }

  @Test
  void theDeviceOfADirectoryDecidesWhereOneMountHidesAnother() {
    assertThat(MountTable.typeOf(TABLE, device(0, 50), "/data/x")).isEqualTo("tmpfs");
    assertThat(MountTable.typeOf(TABLE, device(7, 1), "/elsewhere")).isEqualTo("ext4");
    assertThat(MountTable.typeOf(TABLE, device(254, 0), "/data")).isEqualTo("ext4");
    assertThat(MountTable.typeOf(TABLE, device(0, 52), "/user/a")).isEqualTo("fuse.bindfs");
  }

  @Test
  void subvolumesOfBtrfsAreKnownByTheirPath() {
    assertThat(MountTable.typeOf(TABLE, device(0, 300), "/sub volumes/a")).isEqualTo("btrfs");
    assertThat(MountTable.typeOf(TABLE, device(0, 300), "/sub volumes")).isEqualTo("btrfs");
    assertThat(MountTable.typeOf(TABLE, device(0, 300), "/sub volumes2")).isNull();
  }

  @Test
  void aDeviceThatIsInNoTableIsNotKnown() {
    assertThat(MountTable.typeOf(TABLE, device(0, 99), "/data/x")).isNull();
    assertThat(MountTable.typeOf(TABLE, device(0, 99), "/")).isNull();
    assertThat(MountTable.typeOf(List.of(), device(0, 99), "/")).isNull();
  }

  @Test
  void largeDeviceNumbersAreTakenApart() {
    long device = device(0x123, 0x45678);
    assertThat(MountTable.typeOf(List.of("1 0 291:284280 / / rw - xfs x rw"), device, "/"))
        .isEqualTo("xfs");
  }

  /** Under the path of the directory, a table names a file system that is hidden. */
  @Test
  void aTypeThatIsNotTheDirectorysOwnIsNotTrusted() throws IOException {
    Path real = root.toRealPath();
    Disk disk =
        new Disk() {
          @Override
          List<String> mounts() {
            return List.of("1 0 4095:1 / " + real + " rw - ext4 /dev/hidden rw");
          }
        };
    if (Files.isReadable(Path.of("/proc/self/mountinfo"))) {
      assertThat(disk.fileSystemType(root)).isNull();
    }
    FaultyDisk recording = new FaultyDisk();
    recording.type("unknown");
    try (Storage<String> storage = FileStore.at(root).disk(recording).storage(Codecs.text())) {
      storage.put("k", "v");
      recording.takeCalls();
      try (Stream<String> keys = storage.keys()) {
        List<String> calls = recording.takeCalls();
        assertThat(calls.indexOf("tryLock")).isNotNegative().isLessThan(calls.indexOf("list"));
        assertThat(calls.indexOf("closeListing")).isLessThan(calls.indexOf("unlock"));
        assertThat(keys).containsExactly("k");
      }
    }
  }

  @Test
  void theFileSystemOfThisMachineIsKnown() throws IOException {
    if (Files.isReadable(Path.of("/proc/self/mountinfo"))) {
      assertThat(Disk.SYSTEM.fileSystemType(Path.of("/proc"))).isEqualTo("proc");
    }
  }
}
