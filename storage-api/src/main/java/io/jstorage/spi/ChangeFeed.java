package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;

/**
 * The capability of a store to report changes of its entries by any writer: callers of this object,
 * of another one, or another program. A store that has it returns it from {@link Store#unwrap}.
 *
 * <p>The feed reports every write, deletion and eviction of an entry by its key: after the change,
 * so that a read that begins after the report returns the changed state, and with no bound on the
 * delay. It may report a key that did not change. An entry that expires is reported when the store
 * deletes it, which may be never; the deadline of the entry says when it expires. When the feed
 * cannot report changes, it calls {@link ChangeListener#lost}, within a time that the store states.
 * An interrupted feed resumes by itself.
 */
public interface ChangeFeed {
  /**
   * Starts to report changes to a listener. Each change after this method has returned is reported,
   * or {@link ChangeListener#lost} is called.
   *
   * @param listener the listener; its methods are called on threads of the feed, or on those that
   *     make the changes, never two of them at the same time
   * @return ends the reports when it is closed; no call of the listener begins after that. Closing
   *     the store whose changes they are ends them too, after a last call of {@link
   *     ChangeListener#lost}; closing a policy in front of it does not
   * @throws IOException if changes cannot be reported now
   */
  Closeable watch(ChangeListener listener) throws IOException;
}
