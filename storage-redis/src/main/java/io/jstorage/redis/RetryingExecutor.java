package io.jstorage.redis;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Executes commands on the server, or on the servers of a Cluster. Every failure is an {@link
 * IOException} that says whether the command may have been carried out. Borrowing a connection and
 * using it are two steps, so that a command that failed before it was sent is known to have changed
 * nothing. Only harmless commands are retried, within the time-out.
 */
final class RetryingExecutor {
  /** A key moves once; a command that is redirected more often is sent in circles. */
  private static final int MAX_REDIRECTIONS = 16;

  private final Connections connections;
  private final FailureClassifier classifier;

  RetryingExecutor(Connections connections, FailureClassifier classifier) {
    this.connections = connections;
    this.classifier = classifier;
  }

  /** The use of a connection. */
  private interface Exchange<T> {
    @Nullable T on(Lease lease);
  }

  /**
   * Executes a command on the server that has its key: again after a failure before it was sent,
   * after a reply that asks for it, and, if it is repeatable, after every broken connection.
   *
   * @param repeatable whether it does no harm to carry it out twice
   */
  <T> T execute(CommandObject<T> command, boolean repeatable) throws IOException {
    T reply = executeOrNull(command, repeatable);
    if (reply == null) {
      throw new IOException("the server replied null to a command that always has a reply");
    }
    return reply;
  }

  /** Executes a command for which null is a reply too. */
  <T> @Nullable T executeOrNull(CommandObject<T> command, boolean repeatable) throws IOException {
    try (Deadline deadline = Deadline.in(connections.timeout)) {
      return execute(command.getArguments(), repeatable, deadline, lease -> lease.execute(command));
    }
  }

  /** Executes commands that only read, all of one key, as one step of its server. */
  List<Object> transact(List<CommandArguments> commands) throws IOException {
    try (Deadline deadline = Deadline.in(connections.timeout)) {
      List<Object> replies =
          execute(commands.get(0), true, deadline, lease -> lease.transact(commands));
      if (replies == null || replies.size() != commands.size()) {
        throw new IOException("the server did not reply to each command of a transaction");
      }
      for (Object reply : replies) {
        if (reply instanceof JedisDataException error) {
          throw classifier.classify(error, true, true).toIOException();
        }
      }
      return replies;
    }
  }

  private <T> @Nullable T execute(
      CommandArguments routing, boolean repeatable, Deadline deadline, Exchange<T> exchange)
      throws IOException {
    JedisRedirectionException redirection = null;
    int redirections = 0;
    while (true) {
      connections.takePermit(deadline);
      boolean sent = false;
      Failure failure;
      try (Lease lease = connections.borrow(routing, redirection, deadline)) {
        sent = true;
        return exchange.on(lease);
      } catch (RuntimeException e) {
        failure = classifier.classify(e, sent, repeatable);
        redirection =
            connections.nodes.isCluster() && e instanceof JedisRedirectionException r ? r : null;
        refreshAfter(e);
        boolean again =
            redirection == null ? failure.worthRepeating() : ++redirections <= MAX_REDIRECTIONS;
        if (!again) {
          throw failure.toIOException();
        }
      } finally {
        connections.releasePermit();
      }
      if (redirection == null && !deadline.backOff()) {
        throw failure.toIOException();
      }
    }
  }

  /** Makes the slots of a Cluster be requested again if a failure casts doubt on them. */
  private void refreshAfter(RuntimeException e) {
    if (e instanceof JedisMovedDataException || !(e instanceof JedisDataException)) {
      connections.nodes.refresh();
    }
  }

  /**
   * Executes commands of one key each, many together, and again as {@link #execute} does. All of
   * them have one time-out, which begins again with each thousand that succeed: a server that does
   * not reply costs no more than one.
   *
   * @return the replies, in the order of the commands
   */
  <T> List<Reply<T>> executeAll(
      List<? extends CommandObject<? extends T>> commands, boolean repeatable) {
    try (Deadline deadline = Deadline.in(connections.timeout)) {
      Pipeline<T> pipeline =
          new Pipeline<>(connections, classifier, commands, null, repeatable, deadline);
      List<Reply<T>> replies = pipeline.run();
      IOException failure = null;
      for (int index : pipeline.redirected()) {
        if (failure != null && deadline.isOver()) {
          replies.set(index, Reply.failed(Pipeline.notSent(failure)));
          continue;
        }
        CommandObject<? extends T> command = commands.get(index);
        try {
          T reply =
              execute(
                  command.getArguments(), repeatable, deadline, lease -> lease.execute(command));
          replies.set(index, Reply.of(reply));
          deadline.restart();
        } catch (IOException e) {
          replies.set(index, Reply.failed(e));
          failure = e;
        }
      }
      return replies;
    }
  }

  /** Executes repeatable commands together on a certain server. */
  <T> List<Reply<T>> executeAllOn(
      HostAndPort node, List<? extends CommandObject<? extends T>> commands) {
    try (Deadline deadline = Deadline.in(connections.timeout)) {
      return new Pipeline<T>(connections, classifier, commands, node, true, deadline).run();
    }
  }

  /** Starts a listing of the names of strings, on all masters, that match a pattern. */
  MasterScan scan(byte[] pattern) throws IOException {
    return new MasterScan(this, masters(), pattern);
  }

  private List<HostAndPort> masters() throws IOException {
    try (Deadline deadline = Deadline.in(connections.timeout)) {
      while (true) {
        connections.takePermit(deadline);
        Failure failure;
        try {
          return connections.nodes.masters();
        } catch (RuntimeException e) {
          failure = classifier.classify(e, false, true);
          refreshAfter(e);
        } finally {
          connections.releasePermit();
        }
        if (!failure.worthRepeating() || !deadline.backOff()) {
          throw failure.toIOException();
        }
      }
    }
  }

  /** Tries a command once, on the first master; throws Jedis' own exceptions. */
  Object tryOnce(CommandArguments command) {
    HostAndPort node = connections.nodes.masters().get(0);
    try (Deadline deadline = Deadline.in(connections.timeout);
        Lease lease = connections.borrow(node, deadline)) {
      return lease.execute(command);
    }
  }

  /** Ends calls in flight; commands only if their connections may be cut. */
  void close(boolean cut) {
    connections.close(cut);
  }

  /** Whether keys are on several servers, so that no command takes keys of two slots. */
  boolean isCluster() {
    return connections.nodes.isCluster();
  }
}
