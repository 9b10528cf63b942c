package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;

/**
 * The capability of a store to report changes of its entries by any writer: callers of this object,
 * of another one, or another program. A store that has it returns it from {@link Store#unwrap}.
 *
 * <p>The feed reports every write, deletion and expiry of an entry by its key, in general after the
 * change and with no bound on the delay; it may report a key that did not change. When it cannot
 * report changes, it calls {@link ChangeListener#lost}, within a time that the store states. An
 * interrupted feed resumes by itself.
 */
public interface ChangeFeed {
  /**
   * Starts to report changes to a listener. Each change after this method has returned is reported,
   * or {@link ChangeListener#lost} is called.
   *
   * @param listener the listener; its methods are called on threads of the feed, never two of them
   *     at the same time
   * @return ends the reports when it is closed; no call of the listener begins after that. Closing
   *     the store closes it too
   * @throws IOException if changes cannot be reported now
   */
  Closeable watch(ChangeListener listener) throws IOException;
}
