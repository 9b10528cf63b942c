package io.jstorage.file;

/**
 * What of a write that has returned is still there after a power failure. After the end of a
 * process, even a violent one, all of it always is.
 */
public enum Durability {
  /** The write: both the file and its name were forced to the disk before the write returned. */
  FULL,

  /** The old or the new value: the file was forced to the disk, its name follows soon. */
  FILE,

  /**
   * What the file system makes of it: the old value, the new one, none, or a torn one, empty, cut
   * short or zeroed in part, of this entry alone. A torn one is a {@code CodecException} if the
   * codec or a transform checks its bytes, as gzip does. For what can be computed anew.
   */
  NONE
}
