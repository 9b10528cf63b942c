package io.jstorage.architecture.planted;

/** A counter that everybody sets. */
public class MutableField {
  public int count;
}
