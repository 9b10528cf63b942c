package io.jstorage.file.internal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory {@code jstorage-<user>} below one where all users may write, such as {@code /tmp}.
 * It is refused if another user made it first, who could read or plant values.
 */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  static Path in(Path shared, String user) throws IOException {
    Path directory = shared.resolve("jstorage-" + URLEncoder.encode(user, StandardCharsets.UTF_8));
    boolean posix = shared.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      FileAttribute<?>[] permissions =
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[0];
      return Files.createDirectory(directory, permissions);
    } catch (FileAlreadyExistsException e) {
      check(directory, shared, posix);
      return directory;
    }
  }

  private static void check(Path directory, Path shared, boolean posix) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(directory.toString(), null, "it is a link or a file");
    }
    // The owner of a new file is who we are, whatever the system calls us.
    Path probe = Files.createTempFile(shared, "jstorage", null);
    try {
      if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(probe))) {
        throw new FileSystemException(directory.toString(), null, "it belongs to another user");
      }
    } finally {
      Files.delete(probe);
    }
    if (posix
        && !Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
            .equals(OWNER_ONLY)) {
      throw new FileSystemException(
          directory.toString(), null, "others have access to it; its mode must be 0700");
    }
  }
}
