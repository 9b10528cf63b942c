package io.jstorage.spi;

import io.jstorage.Entry;
import io.jstorage.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state that an entry must have for a write or deletion to be carried out. Immutable. */
public final class Condition {
  /** Any state: the write or deletion always happens. */
  public static final Condition NONE = new Condition(null);

  /** No entry under the key. An expired entry counts as none. */
  public static final Condition ABSENT = new Condition(null);

  private final @Nullable Version version;

  private Condition(@Nullable Version version) {
    this.version = version;
  }

  /**
   * Returns the condition that the entry exists and has a version.
   *
   * @param version the version
   * @return the condition
   */
  public static Condition version(Version version) {
    return new Condition(Objects.requireNonNull(version, "version"));
  }

  /**
   * Returns whether there is no condition. A store that is not {@link
   * io.jstorage.Capability#ATOMIC} is never given another one.
   *
   * @return true for {@link #NONE}
   */
  public boolean isNone() {
    return this == NONE;
  }

  /**
   * Returns whether no entry may exist.
   *
   * @return true for {@link #ABSENT}
   */
  public boolean isAbsent() {
    return this == ABSENT;
  }

  /**
   * Returns the version that the entry must have.
   *
   * @return the version, or null for {@link #NONE} and {@link #ABSENT}
   */
  public @Nullable Version version() {
    return version;
  }

  /**
   * Returns whether an entry meets the condition. The store makes the decision and the change one
   * step, for example under its own lock.
   *
   * @param current the version of the live entry, or null if there is none
   * @return true if the write or deletion may happen
   */
  public boolean holds(@Nullable Version current) {
    if (version != null) {
      return current != null && version.equals(current);
    }
    return this == NONE || current == null;
  }

  /**
   * Returns whether an entry meets the condition, by its version.
   *
   * @param current the live entry, or null if there is none
   * @return true if the write or deletion may happen
   */
  public boolean holds(@Nullable Entry<?> current) {
    return holds(current == null ? null : current.version().orElse(null));
  }

  @Override
  public String toString() {
    if (version != null) {
      return "if the version is " + version;
    }
    return this == NONE ? "always" : "if absent";
  }
}
