package io.jstorage.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @TempDir Path shared;

  @Test
  void isMadeForItsOwnerOnlyAndFoundAgain() throws IOException {
    Path directory = PrivateDirectory.in(shared, "ada");
    assertThat(directory).isEqualTo(shared.resolve("jstorage-ada"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PrivateDirectory.in(shared, "ada")).isEqualTo(directory);
    try (Stream<Path> files = Files.list(shared)) {
      assertThat(files).containsExactly(directory);
    }
  }

  @Test
  void noUserNameLeavesTheSharedDirectory() throws IOException {
    assertThat(PrivateDirectory.in(shared, "../../x").getParent()).isEqualTo(shared);
    assertThat(PrivateDirectory.in(shared, "a/b")).isNotEqualTo(PrivateDirectory.in(shared, "a_b"));
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Path target = Files.createDirectory(shared.resolve("target"));
    Files.createSymbolicLink(shared.resolve("jstorage-ada"), target);
    assertThatThrownBy(() -> PrivateDirectory.in(shared, "ada"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("link");
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.createFile(shared.resolve("jstorage-ada"));
    assertThatThrownBy(() -> PrivateDirectory.in(shared, "ada"))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void aDirectoryThatOthersMayEnterIsRefused() throws IOException {
    Path directory = PrivateDirectory.in(shared, "ada");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> PrivateDirectory.in(shared, "ada"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("0700");
  }

  @Test
  void aDirectoryOfAnotherUserIsRefused() throws IOException {
    Path directory = PrivateDirectory.in(shared, "ada");
    assumeTrue(giveAway(directory), "only root gives a directory away");
    assertThatThrownBy(() -> PrivateDirectory.in(shared, "ada"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("another user");
  }

  private static boolean giveAway(Path directory) {
    try {
      Files.setAttribute(directory, "unix:uid", 65_534);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
