package io.jstorage.s3.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy in front of an S3 server. It passes requests on byte for byte, so that signatures
 * stay valid; makes conditional writes atomic by letting one write pass at a time, and nothing
 * beside it, as S3Proxy knows no entity tag of an object that is being deleted; and answers a
 * conditional deletion of what is not there as AWS does. Tests tell it which faults to make.
 */
public final class FaultProxy implements AutoCloseable {
  private final InetAddress host = InetAddress.getLoopbackAddress();
  private final ServerSocket listener;
  private final URI server;
  private final BiPredicate<String, String> exists;
  private final ReadWriteLock turns = new ReentrantReadWriteLock(true);
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<S3Request.Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private record Rule(Predicate<S3Request> when, AtomicInteger times, Fault fault) {
    boolean applies(S3Request request) {
      return when.test(request) && times.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private FaultProxy(ServerSocket listener, URI server, BiPredicate<String, String> exists) {
    this.listener = listener;
    this.server = server;
    this.exists = exists;
  }

  /**
   * Starts a proxy on a free port.
   *
   * @param server the server behind it
   * @param exists tells whether an object, of a bucket and a key, is there
   */
  public static FaultProxy start(URI server, BiPredicate<String, String> exists) {
    try {
      FaultProxy proxy =
          new FaultProxy(
              new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), server, exists);
      daemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://%s:%d".formatted(host.getHostAddress(), listener.getLocalPort()));
  }

  /** From now on every request for which a predicate holds meets a fault, until {@link #heal}. */
  public void on(Predicate<S3Request> when, Fault fault) {
    on(when, Integer.MAX_VALUE, fault);
  }

  /** The next requests for which a predicate holds meet a fault. */
  public void on(Predicate<S3Request> when, int times, Fault fault) {
    rules.add(new Rule(when, new AtomicInteger(times), fault));
  }

  /** The next request of a kind meets a fault. */
  public void once(S3Request.Kind kind, Fault fault) {
    on(S3Request.of(kind), 1, fault);
  }

  /** Ends all faults. */
  public void heal() {
    rules.clear();
  }

  /** How many requests of a kind have come since the last {@link #forget}. */
  public long count(S3Request.Kind kind) {
    LongAdder count = counts.get(kind);
    return count == null ? 0 : count.sum();
  }

  /** How many requests have come since the last {@link #forget}. */
  public long count() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many requests there were at once at most since the last {@link #forget}. */
  public int mostAtOnce() {
    return mostRunning.get();
  }

  /** Begins to count anew. */
  public void forget() {
    counts.clear();
    mostRunning.set(0);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        // Closed, which ends the loop, or a client that has left again.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
      HttpMessage message;
      while ((message = HttpMessage.readRequest(in, client.getOutputStream())) != null) {
        HttpMessage reply = answer(new S3Request(message), client);
        if (reply == null) {
          return;
        }
        reply.write(client.getOutputStream());
        if (reply.isCut()) {
          return;
        }
      }
    } catch (IOException e) {
      // The client has left.
    } finally {
      clients.remove(client);
    }
  }

  /** Returns the reply, or null after resetting the connection. */
  private @Nullable HttpMessage answer(S3Request request, Socket client) throws IOException {
    counts.computeIfAbsent(request.kind(), kind -> new LongAdder()).increment();
    int now = running.incrementAndGet();
    mostRunning.accumulateAndGet(now, Math::max);
    try {
      for (Rule rule : rules) {
        if (rule.applies(request)) {
          return rule.fault.answer(request, this::pass);
        }
      }
      return pass(request);
    } catch (IOException | RuntimeException e) {
      client.setSoLinger(true, 0);
      return null;
    } finally {
      running.decrementAndGet();
    }
  }

  private HttpMessage pass(S3Request request) throws IOException {
    // A part changes nothing that anybody sees.
    boolean together = !request.isWrite() || request.kind() == S3Request.Kind.PUT_PART;
    Lock turn = together ? turns.readLock() : turns.writeLock();
    turn.lock();
    try {
      boolean inVain =
          request.kind() == S3Request.Kind.DELETE
              && request.header("If-Match") != null
              && !exists.test(request.bucket(), request.key());
      HttpMessage reply = exchange(request);
      return inVain && reply.status() < 300 ? HttpMessage.error(404, "NoSuchKey") : reply;
    } finally {
      turn.unlock();
    }
  }

  /**
   * Sends a request by a connection of its own: one that has been used may have been closed just
   * now, and then nobody knows whether the request arrived.
   */
  private HttpMessage exchange(S3Request request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      // Closed without waiting, or the system would run out of ports.
      socket.setSoLinger(true, 0);
      try {
        request.message().write(socket.getOutputStream());
      } catch (SocketException e) {
        // A server that refuses a request for its head has said so, and does not read on.
      }
      return HttpMessage.readReply(
          new BufferedInputStream(socket.getInputStream()), request.method());
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Refuses connections from now on, and ends those that are there. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
