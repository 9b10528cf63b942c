package io.jstorage.jcache;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The entries of a storage whose keys were listed at one time, read in pieces of one batch each.
 */
final class Snapshot implements Iterator<Stored<Object>> {
  private static final int PIECE = 64;

  private final BackingStorage backing;
  private final List<String> places;
  private int read;
  private Iterator<Stored<Object>> piece = Collections.emptyIterator();

  Snapshot(BackingStorage backing) {
    this.backing = backing;
    this.places = backing.places();
  }

  @Override
  public boolean hasNext() {
    while (!piece.hasNext() && read < places.size()) {
      int end = Math.min(read + PIECE, places.size());
      piece = backing.getAll(places.subList(read, end)).values().iterator();
      read = end;
    }
    return piece.hasNext();
  }

  @Override
  public Stored<Object> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return piece.next();
  }
}
