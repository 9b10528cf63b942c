package io.jstorage.redis;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A thread's turn to use a connection, or the command that another thread sends for it, together
 * with its own. Only one thread uses it at a time: its own one, and from {@link State#CARRIED} on
 * the other one, until there is a reply or a failure.
 *
 * @param <T> the type of the reply
 */
final class Turn<T> {
  /** How it stands. */
  enum State {
    WAITING,
    /** The thread may use a connection, and gives the turn back. */
    OWN,
    /** Another thread sends the command, or has the reply already. */
    CARRIED,
    CLOSED
  }

  /** Set before {@link #over} is released. */
  State state = State.WAITING;

  /** Released once, when the thread's wait is over. */
  final Semaphore over = new Semaphore(0);

  private final @Nullable CommandObject<T> command;
  private final boolean repeatable;
  private boolean sent;
  private boolean settled;
  private @Nullable T reply;
  private @Nullable RuntimeException failure;

  private Turn(@Nullable CommandObject<T> command, boolean repeatable) {
    this.command = command;
    this.repeatable = repeatable;
  }

  /** A turn for anything. */
  static Turn<Object> alone() {
    return new Turn<>(null, false);
  }

  /** A turn for a short command, which another thread may send. */
  static <T> Turn<T> sharing(CommandObject<T> command, boolean repeatable) {
    return new Turn<>(command, repeatable);
  }

  /**
   * Whether another thread may send the command.
   *
   * @param fragile whether that thread's connection is closed by an interrupt
   */
  boolean mayBeSentBy(boolean fragile) {
    return command != null && (repeatable || !fragile);
  }

  /**
   * Sends the commands of several turns before the first reply is read. An error of the server is
   * the failure of its command alone. All else is thrown, and leaves those without a reply for
   * {@link #fail}.
   *
   * @return the length of the longest value that was replied
   */
  static int exchange(List<Turn<?>> turns, Lease lease, long timeoutNanos) {
    for (Turn<?> turn : turns) {
      turn.send(lease);
    }
    long begun = System.nanoTime();
    int longest = 0;
    for (Turn<?> turn : turns) {
      // The socket's own time-out begins again with each reply.
      if (System.nanoTime() - begun > timeoutNanos) {
        throw new JedisConnectionException("the replies before this one took the whole time-out");
      }
      longest = Math.max(longest, turn.receive(lease));
    }
    return longest;
  }

  private void send(Lease lease) {
    sent = true;
    lease.send(required().getArguments());
  }

  private int receive(Lease lease) {
    try {
      reply = lease.receive(required());
    } catch (JedisDataException e) {
      failure = e;
    }
    int length = reply instanceof byte[] bytes ? bytes.length : 0;
    settle();
    return length;
  }

  private CommandObject<T> required() {
    if (command == null) {
      throw new IllegalStateException("a turn without a command");
    }
    return command;
  }

  /** Gives all that have no reply a failure. */
  static void fail(List<Turn<?>> turns, RuntimeException e) {
    for (Turn<?> turn : turns) {
      if (!turn.settled) {
        turn.failure = e;
        turn.settle();
      }
    }
  }

  private void settle() {
    settled = true;
    over.release();
  }

  /** Whether the command can have reached the server. */
  boolean isSent() {
    return sent;
  }

  /** Returns the reply, or throws the failure. */
  @Nullable T reply() {
    if (failure != null) {
      throw failure;
    }
    return reply;
  }
}
