package io.jstorage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value together with what its store knows about it. Immutable, apart from the value itself.
 *
 * @param <V> the type of the value
 */
public final class Entry<V> {
  private final V value;
  private final @Nullable Version version;
  private final @Nullable Instant writtenAt;
  private final @Nullable Instant expiresAt;

  private Entry(
      V value,
      @Nullable Version version,
      @Nullable Instant writtenAt,
      @Nullable Instant expiresAt) {
    this.value = Objects.requireNonNull(value, "value");
    this.version = version;
    this.writtenAt = writtenAt;
    this.expiresAt = expiresAt;
  }

  /**
   * Makes an entry of which nothing but the value is known.
   *
   * @param value the value
   * @param <V> the type of the value
   * @return the entry
   */
  public static <V> Entry<V> of(V value) {
    return new Entry<>(value, null, null, null);
  }

  /**
   * Returns this entry with another value.
   *
   * @param value the other value
   * @param <W> the type of the other value
   * @return a new entry
   */
  public <W> Entry<W> withValue(W value) {
    return new Entry<>(value, version, writtenAt, expiresAt);
  }

  /**
   * Returns this entry with a version.
   *
   * @param version the version
   * @return a new entry
   */
  public Entry<V> withVersion(Version version) {
    return new Entry<>(value, Objects.requireNonNull(version, "version"), writtenAt, expiresAt);
  }

  /**
   * Returns this entry with the time at which it was written.
   *
   * @param writtenAt the time of the write
   * @return a new entry
   */
  public Entry<V> withWrittenAt(Instant writtenAt) {
    return new Entry<>(value, version, Objects.requireNonNull(writtenAt, "writtenAt"), expiresAt);
  }

  /**
   * Returns this entry with a deadline.
   *
   * @param expiresAt the first instant at which the entry no longer exists
   * @return a new entry
   */
  public Entry<V> withExpiresAt(Instant expiresAt) {
    return new Entry<>(value, version, writtenAt, Objects.requireNonNull(expiresAt, "expiresAt"));
  }

  /**
   * Returns the value.
   *
   * @return the value
   */
  public V value() {
    return value;
  }

  /**
   * Returns the version of this state of the entry.
   *
   * @return the version; always present where the storage is {@link Capability#ATOMIC}
   */
  public Optional<Version> version() {
    return Optional.ofNullable(version);
  }

  /**
   * Returns the time of the write that made this state of the entry.
   *
   * @return the time by the store's clock; always present where the storage keeps {@link
   *     Capability#WRITE_TIME}
   */
  public Optional<Instant> writtenAt() {
    return Optional.ofNullable(writtenAt);
  }

  /**
   * Returns the deadline.
   *
   * @return the first instant at which the entry no longer exists; empty if it never expires or the
   *     store does not know
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry<?> entry
        && Objects.deepEquals(value, entry.value)
        && Objects.equals(version, entry.version)
        && Objects.equals(writtenAt, entry.writtenAt)
        && Objects.equals(expiresAt, entry.expiresAt);
  }

  /** The value is left out: the hash code of an array would not follow its content. */
  @Override
  public int hashCode() {
    return Objects.hash(version, writtenAt, expiresAt);
  }

  /** Names everything but the value, which may be long or secret. */
  @Override
  public String toString() {
    return "Entry[version=%s, writtenAt=%s, expiresAt=%s]".formatted(version, writtenAt, expiresAt);
  }
}
