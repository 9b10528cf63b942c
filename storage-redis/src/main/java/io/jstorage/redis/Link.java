package io.jstorage.redis;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The way to the server, or to the servers of a Cluster. Every failure is an {@link IOException}
 * that says whether the command can have been carried out: borrowing a connection and using it are
 * two steps, so that what failed before it left is known to have changed nothing. Repeated, within
 * the time-out, is only what is known to do no harm.
 */
final class Link {
  /** A key moves once; who is sent on more often than this is sent in circles. */
  private static final int MAX_REDIRECTIONS = 16;

  private final Connections connections;
  private final FailureJudge judge;

  Link(Connections connections, FailureJudge judge) {
    this.connections = connections;
    this.judge = judge;
  }

  /**
   * Carries out a command on the server that has its key: again after a failure before it was sent,
   * after a reply that says so, and, if it is repeatable, after every broken connection.
   *
   * @param repeatable whether it does no harm to carry it out twice
   */
  <T> T execute(CommandObject<T> command, boolean repeatable) throws IOException {
    return required(executeOrNull(command, repeatable));
  }

  private static <T> T required(@Nullable T reply) throws IOException {
    if (reply == null) {
      throw new IOException("the server replied null to a command that always has a reply");
    }
    return reply;
  }

  /** Carries out a command for which null is a reply too. */
  <T> @Nullable T executeOrNull(CommandObject<T> command, boolean repeatable) throws IOException {
    try (Patience patience = new Patience(connections.timeout)) {
      JedisRedirectionException redirection = null;
      int redirections = 0;
      while (true) {
        connections.takePermit(patience);
        boolean sent = false;
        Failure failure;
        try (Lease lease = connections.borrow(command.getArguments(), redirection, patience)) {
          sent = true;
          return lease.execute(command);
        } catch (RuntimeException e) {
          failure = judge.judge(e, sent, repeatable);
          redirection =
              connections.nodes.isCluster() && e instanceof JedisRedirectionException r ? r : null;
          refreshAfter(e);
          boolean goesOn =
              redirection == null ? failure.worthRepeating() : ++redirections <= MAX_REDIRECTIONS;
          if (!goesOn) {
            throw failure.toIOException();
          }
        } finally {
          connections.releasePermit();
        }
        if (redirection == null && !patience.pause()) {
          throw failure.toIOException();
        }
      }
    }
  }

  /** Draws the conclusions of a failure for what is known of a Cluster. */
  private void refreshAfter(RuntimeException e) {
    if (e instanceof JedisMovedDataException || !(e instanceof JedisDataException)) {
      connections.nodes.refresh();
    }
  }

  /**
   * Carries out commands of one key each, many together, and again as {@link #execute} does.
   *
   * @return an answer to each, in the order of the commands
   */
  <T> List<Answer<T>> executeAll(
      List<? extends CommandObject<? extends T>> commands, boolean repeatable) {
    Batch<T> batch = new Batch<>(connections, judge, commands, null, repeatable);
    List<Answer<T>> answers = batch.run();
    for (int index : batch.redirected()) {
      answers.set(index, answerTo(commands.get(index), repeatable));
    }
    return answers;
  }

  private <T> Answer<T> answerTo(CommandObject<? extends T> command, boolean repeatable) {
    try {
      return Answer.of(executeOrNull(command, repeatable));
    } catch (IOException e) {
      return Answer.failed(e);
    }
  }

  /** Carries out repeatable commands together on a certain server. */
  <T> List<Answer<T>> executeAllOn(
      HostAndPort node, List<? extends CommandObject<? extends T>> commands) {
    return new Batch<T>(connections, judge, commands, node, true).run();
  }

  /** Begins to list the names of strings, on all masters, that match a pattern. */
  MasterScan scan(byte[] pattern) throws IOException {
    return new MasterScan(this, masters(), pattern);
  }

  private List<HostAndPort> masters() throws IOException {
    try (Patience patience = new Patience(connections.timeout)) {
      while (true) {
        connections.takePermit(patience);
        Failure failure;
        try {
          return connections.nodes.masters();
        } catch (RuntimeException e) {
          failure = judge.judge(e, false, true);
          refreshAfter(e);
        } finally {
          connections.releasePermit();
        }
        if (!failure.worthRepeating() || !patience.pause()) {
          throw failure.toIOException();
        }
      }
    }
  }

  /** Tries once whether a server is there and lets us in; what it throws is Jedis' own. */
  void ping() {
    HostAndPort node = connections.nodes.masters().get(0);
    try (Patience patience = new Patience(connections.timeout);
        Lease lease = connections.borrow(node, patience)) {
      lease.ping();
    }
  }

  /** Ends the repetitions that are under way. Connections that are lent are used to the end. */
  void close() {
    connections.close();
  }

  /** Whether keys live on several servers, so that no command takes keys of two slots. */
  boolean isCluster() {
    return connections.nodes.isCluster();
  }
}
