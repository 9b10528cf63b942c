package io.jstorage.file;

/**
 * How much of an acknowledged write survives a power failure. All of it survives the end of a
 * process, even a violent one.
 */
public enum Durability {
  /** The write: both the file and its name were forced to the disk before the write returned. */
  FULL,

  /** The old or the new value: the file was forced to the disk, its name follows soon. */
  FILE,

  /**
   * The file system decides. Left is the old value, the new one, none, or a torn one (empty, cut
   * short or zeroed in part), of this entry alone. A torn value is a {@code CodecException} if the
   * codec or a transform checks its bytes, as gzip does. For values that can be computed again.
   */
  NONE
}
