package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;

/**
 * The power of a store to report changes of its entries, whoever makes them: callers of this
 * object, of another one, or another program. A store that has it returns it by {@link
 * Store#unwrap}.
 *
 * <p>The feed reports every write, deletion and eviction of an entry by its key: after the change,
 * so that a read that begins after the report returns what the change left, and with no bound on
 * the delay. It may report a key that did not change. An entry that expires is reported when the
 * store deletes it, which may be never; its deadline says when it is gone. When the feed cannot
 * report changes, it says so by {@link ChangeListener#lost}, within a time that the store states.
 * Nobody has to ask for it: a feed that was interrupted comes back by itself.
 */
public interface ChangeFeed {
  /**
   * Begins to report changes to a listener. Each change after this method has returned is reported,
   * or {@link ChangeListener#lost} is called.
   *
   * @param listener the listener; its methods are called on threads of the feed, or on those that
   *     make the changes, never two of them at the same time
   * @return ends the reports when it is closed; no call of the listener begins after that. Closing
   *     the store ends them too, after a last call of {@link ChangeListener#lost}
   * @throws IOException if changes cannot be reported now
   */
  Closeable watch(ChangeListener listener) throws IOException;
}
