package io.jstorage.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code /proc/self/mountinfo}, as proc(5) describes it. */
final class MountTable {
  /** Its subvolumes have device numbers of their own, which are in no table. */
  private static final String BTRFS = "btrfs";

  private MountTable() {}

  /**
   * Returns the type of the file system that a directory is on. The device decides: one mount may
   * hide another, under the same path.
   *
   * @param lines the lines of the table
   * @param device the directory's device, as {@code stat} returns it
   * @param path the directory's real path
   * @return the type, or null if it is not in the table
   */
  static @Nullable String typeOf(List<String> lines, long device, String path) {
    String number = major(device) + ":" + minor(device);
    String mountedOn = "";
    String typeByPath = null;
    for (String line : lines) {
      String[] fields = line.split(" ");
      int separator = List.of(fields).indexOf("-");
      if (separator < 5 || separator + 1 >= fields.length) {
        continue;
      }
      String type = fields[separator + 1];
      if (fields[2].equals(number)) {
        return type;
      }
      String mountPoint = unescape(fields[4]);
      // The last mount of the longest path is the one on top.
      if (mountPoint.length() >= mountedOn.length() && isBelow(path, mountPoint)) {
        mountedOn = mountPoint;
        typeByPath = type;
      }
    }
    return BTRFS.equals(typeByPath) ? typeByPath : null;
  }

  private static boolean isBelow(String path, String mountPoint) {
    return path.equals(mountPoint)
        || path.startsWith(mountPoint.endsWith("/") ? mountPoint : mountPoint + "/");
  }

  /** Space, tab, line feed and backslash are written as three octal digits. */
  private static String unescape(String field) {
    StringBuilder plain = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length()) {
        c = (char) Integer.parseInt(field.substring(i + 1, i + 4), 8);
        i += 3;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static long major(long device) {
    return (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
  }

  private static long minor(long device) {
    return (device & 0xff) | (device >>> 12 & ~0xffL);
  }
}
