package io.jstorage.file;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known guarantees of a directory's file system. One that was not tried is assumed to guarantee
 * nothing; {@code docs/compatibility.md} has the table.
 *
 * @param renamesInOneStep whether a file that is replaced is found at every moment, and whether
 *     names have up to 255 bytes and times of modification are kept
 * @param listsInPlace whether a listing that is read bit by bit sees every file that exists
 *     throughout, even one that is replaced: elsewhere the replacement takes a new place, which the
 *     listing may have passed already
 */
record FileSystemTraits(boolean renamesInOneStep, boolean listsInPlace) {
  private static final Set<String> LISTING_IN_PLACE = Set.of("ext2", "ext3", "ext4", "xfs");
  private static final Set<String> RENAMING_IN_ONE_STEP =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "hfs");

  static FileSystemTraits of(@Nullable String type) {
    return type == null
        ? new FileSystemTraits(false, false)
        : new FileSystemTraits(
            RENAMING_IN_ONE_STEP.contains(type), LISTING_IN_PLACE.contains(type));
  }
}
