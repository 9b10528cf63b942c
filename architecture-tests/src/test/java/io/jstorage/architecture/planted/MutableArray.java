package io.jstorage.architecture.planted;

/** A constant whose content everybody sets. */
public class MutableArray {
  @SuppressWarnings("MutablePublicArray") // That is the point.
  public static final byte[] HEADER = {1, 2};
}
