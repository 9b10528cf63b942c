package io.jstorage.spi;

/**
 * A builder of policies, which stand in front of a storage. Not thread-safe.
 *
 * @param <B> the subclass
 */
public abstract class PolicyBuilder<B extends PolicyBuilder<B>> extends OptionsBuilder<B> {
  private boolean owned;

  /** For subclasses. */
  protected PolicyBuilder() {}

  /**
   * Transfers the ownership of the storage behind: it is closed with the new one. By default it
   * stays the caller's to close.
   *
   * @return this builder
   */
  public final B owned() {
    this.owned = true;
    return self();
  }

  /**
   * Returns whether the storage behind is closed with the new one.
   *
   * @return true after {@link #owned}
   */
  protected final boolean isOwned() {
    return owned;
  }
}
