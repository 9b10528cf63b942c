package io.jstorage.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
 * Commands that are sent before the first answer is read: to each server those for its keys, then
 * all answers in turn. Commands are named by their index.
 */
final class Batch<T> {
  /** So many commands are on their way at once; the server keeps their answers until then. */
  private static final int CHUNK = 1_000;

  private final Connections connections;
  private final FailureJudge judge;
  private final List<? extends CommandObject<? extends T>> commands;
  private final @Nullable HostAndPort node;
  private final boolean repeatable;
  private final List<Answer<T>> answers;
  private final List<Integer> redirected = new ArrayList<>();
  private List<Integer> again = new ArrayList<>();

  /**
   * @param node where the commands go, or null for where their keys are
   */
  Batch(
      Connections connections,
      FailureJudge judge,
      List<? extends CommandObject<? extends T>> commands,
      @Nullable HostAndPort node,
      boolean repeatable) {
    this.connections = connections;
    this.judge = judge;
    this.commands = commands;
    this.node = node;
    this.repeatable = repeatable;
    this.answers = new ArrayList<>(Collections.nCopies(commands.size(), null));
  }

  List<Answer<T>> run() {
    for (int from = 0; from < commands.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, commands.size());
      run(IntStream.range(from, to).boxed().toList());
    }
    return answers;
  }

  /** The commands whose key is on another server now, or on its way there. */
  List<Integer> redirected() {
    return redirected;
  }

  private void run(List<Integer> chunk) {
    List<Integer> pending = chunk;
    try (Patience patience = new Patience(connections.timeout)) {
      do {
        connections.takePermit(patience);
        try {
          again = new ArrayList<>();
          attempt(pending, patience);
        } finally {
          connections.releasePermit();
        }
        pending = again;
      } while (!pending.isEmpty() && patience.pause());
    } catch (IOException e) {
      pending.forEach(index -> answers.set(index, Answer.failed(e)));
    }
  }

  private void attempt(List<Integer> indices, Patience patience) {
    Map<HostAndPort, List<Integer>> byNode =
        new TreeMap<>(Comparator.comparing(HostAndPort::toString));
    try {
      for (int index : indices) {
        byNode.computeIfAbsent(nodeOf(index), each -> new ArrayList<>()).add(index);
      }
    } catch (RuntimeException e) {
      fail(indices, e, false);
      return;
    }
    List<Part> parts = byNode.entrySet().stream().map(Part::new).toList();
    try {
      parts.forEach(part -> part.send(patience));
      parts.forEach(Part::receive);
    } finally {
      parts.forEach(Part::end);
    }
  }

  private HostAndPort nodeOf(int index) {
    return node != null ? node : connections.nodes.nodeOf(commands.get(index).getArguments());
  }

  private void fail(List<Integer> indices, RuntimeException e, boolean sent) {
    Failure failure = judge.judge(e, sent, repeatable);
    for (int index : indices) {
      answers.set(index, Answer.failed(failure.toIOException()));
      if (failure.worthRepeating()) {
        again.add(index);
      }
    }
    if (!(e instanceof JedisDataException)) {
      connections.nodes.refresh();
    }
  }

  /** The commands for one server. */
  private final class Part {
    private final HostAndPort target;
    private final List<Integer> indices;
    private @Nullable Lease lease;
    private int sent;

    Part(Map.Entry<HostAndPort, List<Integer>> entry) {
      this.target = entry.getKey();
      this.indices = entry.getValue();
    }

    void send(Patience patience) {
      try {
        lease = connections.borrow(target, patience);
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
          answers.set(index, Answer.of(replyTo(index)));
        } catch (JedisDataException e) {
          // Who was told to ask a certain server does not go elsewhere.
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
    }

    private T replyTo(int index) {
      return Objects.requireNonNull(lease).receive(commands.get(index));
    }

    void end() {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
