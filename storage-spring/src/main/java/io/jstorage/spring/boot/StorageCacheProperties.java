package io.jstorage.spring.boot;

import io.jstorage.spring.OnFailure;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one cache, {@code jstorage.caches.NAME.*}, that are not options of its storage.
 * Every other property there is an option by its name, such as {@code expiration} or {@code limit}.
 */
public final class StorageCacheProperties {
  /** The beginning of the names of all properties: {@value}. */
  public static final String PREFIX = "jstorage.caches";

  private @Nullable String url;
  private @Nullable String type;
  private OnFailure onFailure = OnFailure.THROW;
  private boolean requiredAtStart = true;
  private boolean transactionAware;

  /** Makes properties with the defaults. */
  public StorageCacheProperties() {}

  /**
   * Returns the URL of the storage.
   *
   * @return the URL, or null if it is not set
   */
  public @Nullable String getUrl() {
    return url;
  }

  /**
   * Sets the URL of the storage.
   *
   * @param url the URL
   */
  public void setUrl(@Nullable String url) {
    this.url = url;
  }

  /**
   * Returns the type of the values.
   *
   * @return a class name, possibly with type arguments, or null for any type
   */
  public @Nullable String getType() {
    return type;
  }

  /**
   * Sets the type of the values.
   *
   * @param type a class name, possibly with type arguments
   */
  public void setType(@Nullable String type) {
    this.type = type;
  }

  /**
   * Returns what happens when the storage fails.
   *
   * @return by default its callers get the exception
   */
  public OnFailure getOnFailure() {
    return onFailure;
  }

  /**
   * Sets what happens when the storage fails.
   *
   * @param onFailure what happens
   */
  public void setOnFailure(OnFailure onFailure) {
    this.onFailure = onFailure;
  }

  /**
   * Returns whether a storage that cannot be opened keeps the application from starting.
   *
   * @return true by default
   */
  public boolean isRequiredAtStart() {
    return requiredAtStart;
  }

  /**
   * Sets whether a storage that cannot be opened keeps the application from starting.
   *
   * @param requiredAtStart whether it does
   */
  public void setRequiredAtStart(boolean requiredAtStart) {
    this.requiredAtStart = requiredAtStart;
  }

  /**
   * Returns whether puts and evictions within a transaction are done when it has been committed.
   *
   * @return false by default
   */
  public boolean isTransactionAware() {
    return transactionAware;
  }

  /**
   * Sets whether puts and evictions within a transaction are done when it has been committed.
   *
   * @param transactionAware whether they are
   */
  public void setTransactionAware(boolean transactionAware) {
    this.transactionAware = transactionAware;
  }
}
