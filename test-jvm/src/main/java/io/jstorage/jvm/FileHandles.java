package io.jstorage.jvm;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file handles that this process has open, sockets included. */
public final class FileHandles {
  private FileHandles() {}

  /** Returns how many there are, or 0 on a system that does not tell. */
  public static long count() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }
}
