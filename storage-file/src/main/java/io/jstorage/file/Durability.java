package io.jstorage.file;

/**
 * What of a write that has returned is still there after a power failure. After the end or the
 * crash of a process all of them keep everything, and none ever leaves a torn file behind.
 */
public enum Durability {
  /** The write: both the file and its name were forced to the disk before the write returned. */
  FULL,

  /** The old or the new value: the file was forced to the disk, its name follows soon. */
  FILE,

  /** Nothing certain, for what can be computed anew: it is the file system's turn. */
  NONE
}
