package io.jstorage.file;

import io.jstorage.file.CrashState.Contents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a power failure after any call of a recorded history may leave on a disk. The
 * file system is as weak as POSIX lets it be, but for the one thing on which every such protocol
 * rests: a rename is made or is not made. This is the default persistence model of ALICE (Pillai et
 * al., "All File Systems Are Not Created Equal", OSDI 2014), in which calls reach the disk in any
 * order, unless they are forced to it.
 *
 * <ul>
 *   <li>Of the directories and names that were made, moved and deleted since the directory was last
 *       forced, any may be on the disk, and any may not: a later one without an earlier one, a
 *       rename without the data, the data without its name. Those on the disk took effect in their
 *       order. Forcing a file says nothing of its name, and forcing a directory nothing of the
 *       directory's own name in its parent.
 *   <li>Of the bytes that were added to a file since it was last forced, none may be on the disk,
 *       or all, or those up to some place, and any part of them may be zeros. The places that are
 *       tried are the middle and the end of each write, and one byte before the last. Independently
 *       of that, a time of last modification may be the one that was set or not.
 *   <li>A file never shows the old content of disk blocks that were not its own.
 * </ul>
 *
 * Nobody opens a temporary file that somebody else has left: states with and without one are tried,
 * but with one content only. Of the other files of a state at most one has a part of its new bytes,
 * and each of the rest has none of them or all; in the long run nine, more than there are.
 */
final class CrashStates {
  /** Looks at one state. */
  @FunctionalInterface
  interface Check {
    void check(CrashState state, Expectation expectation) throws IOException;
  }

  /** How many files of one state may have a part of what was written to them. */
  private static final int MOST_TORN = Integer.getInteger("jstorage.torn", 1);

  /** Stands for a directory in place of the number of a file. */
  private static final int DIRECTORY = 0;

  /** Files of a state, of which some have a part of their new bytes. */
  private record Combination(Map<Path, Contents> files, int torn) {
    Combination with(Path path, Contents contents, boolean isTorn) {
      Map<Path, Contents> with = new TreeMap<>(files);
      with.put(path, contents);
      return new Combination(with, isTorn ? torn + 1 : torn);
    }
  }

  /** A change of names, waiting for its directory to be forced. */
  private record NameChange(Path directory, Consumer<Map<Path, Integer>> change) {}

  /** A file with what is certain and what is not. */
  private static final class Data {
    private byte[] synced = new byte[0];
    private final List<byte[]> unsynced = new ArrayList<>();
    private @Nullable FileTime syncedTime;
    private @Nullable FileTime unsyncedTime;

    void sync() {
      synced = full();
      unsynced.clear();
      syncedTime = unsyncedTime == null ? syncedTime : unsyncedTime;
      unsyncedTime = null;
    }

    byte[] full() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(synced);
      unsynced.forEach(out::writeBytes);
      return out.toByteArray();
    }

    Contents whole() {
      return new Contents(
          ByteBuffer.wrap(full()), unsyncedTime == null ? syncedTime : unsyncedTime);
    }

    Set<Contents> variants() {
      Set<Contents> variants = new LinkedHashSet<>();
      for (ByteBuffer bytes : bytes()) {
        variants.add(new Contents(bytes, syncedTime));
        if (unsyncedTime != null) {
          variants.add(new Contents(bytes, unsyncedTime));
        }
      }
      return variants;
    }

    boolean isTorn(Contents contents) {
      return !contents.bytes().equals(ByteBuffer.wrap(synced))
          && !contents.bytes().equals(ByteBuffer.wrap(full()));
    }

    private Set<ByteBuffer> bytes() {
      byte[] full = full();
      int from = synced.length;
      Set<ByteBuffer> variants = new LinkedHashSet<>();
      variants.add(ByteBuffer.wrap(full));
      if (from == full.length) {
        return variants;
      }
      Set<Integer> places = new TreeSet<>(List.of(from, full.length - 1));
      int end = from;
      for (byte[] write : unsynced) {
        places.add(end + write.length / 2);
        end += write.length;
        places.add(end);
      }
      for (int place : places) {
        variants.add(ByteBuffer.wrap(Arrays.copyOf(full, place)));
        variants.add(ByteBuffer.wrap(zeroed(full, from, place)));
        variants.add(ByteBuffer.wrap(zeroed(full, place, full.length)));
      }
      return variants;
    }

    private static byte[] zeroed(byte[] bytes, int from, int to) {
      byte[] copy = bytes.clone();
      Arrays.fill(copy, from, to, (byte) 0);
      return copy;
    }
  }

  private final Path root;
  private final Map<Path, Integer> names = new TreeMap<>();
  private final List<NameChange> changes = new ArrayList<>();
  private final Map<Integer, Data> files = new HashMap<>();

  private CrashStates(Path root) {
    this.root = root;
  }

  /**
   * Looks at every state after each call from the last {@link DiskCall.Settled} on, once for each
   * thing to be expected of it.
   *
   * @return how many states there were
   */
  static int forEach(Path root, List<DiskCall> history, Check check) throws IOException {
    CrashStates disk = new CrashStates(root);
    Expectation.Tracker tracker = new Expectation.Tracker();
    int settled = history.lastIndexOf(new DiskCall.Settled());
    Set<List<Object>> seen = new HashSet<>();
    for (int i = 0; i < history.size(); i++) {
      disk.apply(history.get(i));
      tracker.follow(history.get(i));
      if (i < settled) {
        continue;
      }
      Expectation expectation = tracker.now();
      for (CrashState state : disk.states()) {
        if (seen.add(List.of(state, expectation))) {
          try {
            check.check(state, expectation);
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                "%s%nwhen the power failed after%n%s%nand left %s"
                    .formatted(
                        e.getMessage(),
                        String.join("\n", lines(history.subList(settled, i + 1))),
                        state)
                    .replace(root + "/", "")
                    .replaceAll("(.)\\1{99,}", "$1..."),
                e);
          }
        }
      }
    }
    return seen.size();
  }

  private static List<String> lines(List<DiskCall> calls) {
    return calls.stream().map(String::valueOf).toList();
  }

  private void apply(DiskCall call) {
    if (call instanceof DiskCall.MakeDirectory made) {
      change(made.path(), names -> names.put(made.path(), DIRECTORY));
    } else if (call instanceof DiskCall.Create created) {
      files.put(created.file(), new Data());
      change(created.path(), names -> names.put(created.path(), created.file()));
    } else if (call instanceof DiskCall.Rename renamed) {
      change(
          renamed.to(),
          names -> {
            names.remove(renamed.from());
            names.put(renamed.to(), renamed.file());
          });
    } else if (call instanceof DiskCall.Delete deleted) {
      change(deleted.path(), names -> names.remove(deleted.path()));
    } else if (call instanceof DiskCall.Write written) {
      data(written.file()).unsynced.add(written.bytes());
    } else if (call instanceof DiskCall.Modify modified) {
      data(modified.file()).unsyncedTime = modified.modified();
    } else if (call instanceof DiskCall.Sync synced) {
      data(synced.file()).sync();
    } else if (call instanceof DiskCall.SyncNames synced) {
      changes.stream()
          .filter(change -> change.directory.equals(synced.directory()))
          .forEach(change -> change.change.accept(names));
      changes.removeIf(change -> change.directory.equals(synced.directory()));
    } else if (call instanceof DiskCall.Settled) {
      changes.forEach(change -> change.change.accept(names));
      changes.clear();
      files.values().forEach(Data::sync);
    }
  }

  private void change(Path path, Consumer<Map<Path, Integer>> change) {
    changes.add(new NameChange(path.resolveSibling(""), change));
  }

  private Data data(int file) {
    return files.computeIfAbsent(file, f -> new Data());
  }

  private Set<CrashState> states() {
    Set<Map<Path, Integer>> listings = new LinkedHashSet<>();
    listings.add(names);
    for (NameChange change : changes) {
      for (Map<Path, Integer> listing : List.copyOf(listings)) {
        Map<Path, Integer> changed = new TreeMap<>(listing);
        change.change.accept(changed);
        listings.add(changed);
      }
    }
    Set<CrashState> states = new LinkedHashSet<>();
    for (Map<Path, Integer> listing : listings) {
      addStates(listing, states);
    }
    return states;
  }

  private void addStates(Map<Path, Integer> listing, Set<CrashState> states) {
    Set<Path> directories = new TreeSet<>();
    List<Combination> combinations = List.of(new Combination(Map.of(), 0));
    for (Map.Entry<Path, Integer> entry : listing.entrySet()) {
      Path path = entry.getKey();
      Path relative = root.relativize(path);
      if (!isReachable(path, listing)) {
        continue;
      }
      if (entry.getValue() == DIRECTORY) {
        directories.add(relative);
        continue;
      }
      Data data = data(entry.getValue());
      Set<Contents> variants =
          path.toString().endsWith(".tmp") ? Set.of(data.whole()) : data.variants();
      List<Combination> extended = new ArrayList<>();
      for (Contents contents : variants) {
        boolean isTorn = data.isTorn(contents);
        for (Combination combination : combinations) {
          if (!isTorn || combination.torn < MOST_TORN) {
            extended.add(combination.with(relative, contents, isTorn));
          }
        }
      }
      combinations = extended;
    }
    for (Combination combination : combinations) {
      states.add(new CrashState(directories, combination.files));
    }
  }

  /** A name in a directory whose own name is not on the disk is not there. */
  private boolean isReachable(Path path, Map<Path, Integer> listing) {
    for (Path up = path.getParent(); up != null && !up.equals(root); up = up.getParent()) {
      if (!listing.containsKey(up)) {
        return false;
      }
    }
    return true;
  }
}
