package io.jstorage.redis;

import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Commands that are sent before the first reply is read: to each server those for its keys, then
 * all replies in turn. Commands are named by their index.
 */
final class Pipeline<T> {
  /** How many commands are in flight at once; the server keeps their replies until then. */
  private static final int CHUNK = 1_000;

  private final Connections connections;
  private final FailureClassifier classifier;
  private final List<? extends CommandObject<? extends T>> commands;
  private final @Nullable HostAndPort node;
  private final boolean repeatable;
  private final Deadline deadline;
  private final List<Reply<T>> replies;
  private final List<Integer> redirected = new ArrayList<>();

  /** The servers whose connections broke, with the failure. */
  private final Map<HostAndPort, IOException> unreachable = new HashMap<>();

  private List<Integer> again = new ArrayList<>();

  /**
   * @param node the server of all commands, or null for those of their keys
   */
  Pipeline(
      Connections connections,
      FailureClassifier classifier,
      List<? extends CommandObject<? extends T>> commands,
      @Nullable HostAndPort node,
      boolean repeatable,
      Deadline deadline) {
    this.connections = connections;
    this.classifier = classifier;
    this.commands = commands;
    this.node = node;
    this.repeatable = repeatable;
    this.deadline = deadline;
    this.replies = new ArrayList<>(Collections.nCopies(commands.size(), null));
  }

  List<Reply<T>> run() {
    for (int from = 0; from < commands.size(); from += CHUNK) {
      List<Integer> chunk =
          IntStream.range(from, Math.min(from + CHUNK, commands.size())).boxed().toList();
      try {
        run(chunk);
      } catch (IOException e) {
        // Neither this chunk nor a later one gets a connection or knows its servers.
        chunk.forEach(index -> replies.set(index, Reply.failed(e)));
        for (int index = from + chunk.size(); index < commands.size(); index++) {
          replies.set(index, Reply.failed(notSent(e)));
        }
        return replies;
      }
    }
    return replies;
  }

  /** The failure of a command that is not even tried, as another one failed after the time-out. */
  static IOException notSent(IOException earlier) {
    return ByteStoreException.unavailable(
        "not sent, as the time-out of the batch was over: " + earlier.getMessage(), earlier);
  }

  /** The commands whose key is on another server now, or on its way there. */
  List<Integer> redirected() {
    return redirected;
  }

  private void run(List<Integer> chunk) throws IOException {
    List<Integer> pending = chunk;
    if (unreachable.isEmpty()) {
      deadline.restart();
    }
    do {
      try {
        // With the deadline over, other servers than the unreachable ones are still tried once.
        connections.takePermit(deadline);
        try {
          again = new ArrayList<>();
          attempt(pending);
        } finally {
          connections.releasePermit();
        }
      } catch (IOException e) {
        if (pending == chunk) {
          throw e;
        }
        // The others have their replies, and these the failures after which they were repeated.
        return;
      }
      pending = again;
    } while (!pending.isEmpty() && deadline.backOff());
  }

  private void attempt(List<Integer> indices) throws IOException {
    List<Part> parts = new ArrayList<>();
    partition(indices)
        .forEach(
            (target, each) -> {
              IOException earlier = unreachable.get(target);
              if (earlier != null && deadline.isOver()) {
                each.forEach(index -> replies.set(index, Reply.failed(notSent(earlier))));
              } else {
                parts.add(new Part(target, each));
              }
            });
    try {
      parts.forEach(Part::send);
      parts.forEach(Part::receive);
    } finally {
      parts.forEach(Part::end);
    }
  }

  private Map<HostAndPort, List<Integer>> partition(List<Integer> indices) throws IOException {
    Map<HostAndPort, List<Integer>> byNode =
        new TreeMap<>(Comparator.comparing(HostAndPort::toString));
    try {
      for (int index : indices) {
        byNode.computeIfAbsent(nodeOf(index), each -> new ArrayList<>()).add(index);
      }
      return byNode;
    } catch (RuntimeException e) {
      Failure failure = classifier.classify(e, false, repeatable);
      connections.nodes.refresh();
      if (!failure.worthRepeating() || deadline.isOver()) {
        throw failure.toIOException();
      }
      again.addAll(indices);
      indices.forEach(index -> replies.set(index, Reply.failed(failure.toIOException())));
      return Map.of();
    }
  }

  private HostAndPort nodeOf(int index) {
    return node != null ? node : connections.nodes.nodeOf(commands.get(index).getArguments());
  }

  /** The commands for one server. */
  private final class Part {
    private final HostAndPort target;
    private final List<Integer> indices;
    private @Nullable Lease lease;
    private int sent;

    Part(HostAndPort target, List<Integer> indices) {
      this.target = target;
      this.indices = indices;
    }

    void send() {
      try {
        lease = connections.borrow(target, deadline);
      } catch (RuntimeException e) {
        fail(indices, e, false);
        return;
      }
      try {
        for (int index : indices) {
          lease.send(commands.get(index).getArguments());
        }
        sent = indices.size();
      } catch (RuntimeException e) {
        fail(indices, e, true);
      }
    }

    void receive() {
      for (int i = 0; i < sent; i++) {
        int index = indices.get(i);
        try {
          replies.set(index, Reply.of(replyTo(index)));
        } catch (JedisDataException e) {
          // A command for a certain server does not go elsewhere.
          if (node == null && e instanceof JedisRedirectionException) {
            redirected.add(index);
          } else {
            fail(List.of(index), e, true);
          }
        } catch (RuntimeException e) {
          fail(indices.subList(i, sent), e, true);
          return;
        }
      }
      if (sent > 0) {
        unreachable.remove(target);
      }
    }

    private T replyTo(int index) {
      return Objects.requireNonNull(lease).receive(commands.get(index));
    }

    private void fail(List<Integer> failed, RuntimeException e, boolean sent) {
      Failure failure = classifier.classify(e, sent, repeatable);
      for (int index : failed) {
        replies.set(index, Reply.failed(failure.toIOException()));
        if (failure.worthRepeating()) {
          again.add(index);
        }
      }
      if (!(e instanceof JedisDataException)) {
        unreachable.put(target, failure.toIOException());
        connections.nodes.suspect(target);
      }
    }

    void end() {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
