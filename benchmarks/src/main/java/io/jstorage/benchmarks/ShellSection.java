package io.jstorage.benchmarks;

import io.jstorage.benchmarks.shell.ShellCopy;
import io.jstorage.benchmarks.shell.ShellListing;
import java.util.List;

/** The shell beside a loop that a program would have. */
final class ShellSection {
  private ShellSection() {}

  static Section shell() {
    Rows rows = new Rows();
    rows.put("cp of 100 000 entries of 1 KiB, files to Redis, loopback", copy("cp 100000 0"))
        .beside("one at a time", copy("loop 100000 0"), Bound.speed(10));
    rows.put("cp of 30 000 entries of 1 KiB, files to Redis, 1 ms away", copy("cp 30000 1"))
        .beside("one at a time", copy("loop 30000 1"), Bound.speed(10));
    rows.alone(
        "ls of a million keys in Redis, in 64 MiB of heap",
        new ProbeRun(ShellListing.class, "64m"),
        Bound.none(),
        Unit.MILLIS);
    return new Section("Shell", rows.all(), List.of());
  }

  private static Measurable copy(String argument) {
    return new ProbeRun(ShellCopy.class, argument);
  }
}
