package io.jstorage.redis.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and breaks their connections on demand. A fault holds for
 * all connections, also those that are open already.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 8_192;
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final int targetPort;
  private final int port = Ports.free();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = new Fault(Kind.NONE, 0);
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable ServerSocket listener;
  private volatile @Nullable Thread acceptor;
  private final AtomicLong requestBytes = new AtomicLong();
  private final AtomicLong replyBytes = new AtomicLong();
  private volatile @Nullable Pause pause;
  private volatile @Nullable UnaryOperator<String> edit;
  private volatile boolean hasCut;
  private volatile boolean closed;

  private enum Kind {
    NONE,
    CUT,
    SWALLOW,
    REFUSE
  }

  /** A fault, and the number of bytes of replies that pass before it. */
  private static final class Fault {
    private final Kind kind;
    private long left;
    private boolean struck;

    Fault(Kind kind, long left) {
      this.kind = kind;
      this.left = left;
    }

    /** How many of so many bytes pass. */
    synchronized int pass(int count) {
      if (kind == Kind.NONE || kind == Kind.REFUSE) {
        return count;
      }
      int passed = (int) Math.min(left, count);
      left -= passed;
      struck |= passed < count || left == 0;
      return passed;
    }

    synchronized boolean hasStruck() {
      return struck;
    }
  }

  /** Starts a proxy for a port of the loopback interface. */
  public TcpProxy(int targetPort) {
    this.targetPort = targetPort;
    listen();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** Lets everything pass again. */
  public void heal() {
    fault = new Fault(Kind.NONE, 0);
    delay = Duration.ZERO;
    if (listener == null) {
      listen();
    }
  }

  /**
   * Cuts the connection once, after so many further bytes of replies; connections made afterwards
   * work.
   */
  public void cutAfter(long replyBytes) {
    hasCut = false;
    fault = new Fault(Kind.CUT, replyBytes);
  }

  /** Whether the cut that was asked for last has happened. */
  public boolean hasCut() {
    return hasCut;
  }

  /** How many bytes of requests have passed. */
  public long requestBytes() {
    return requestBytes.get();
  }

  /** Forwards requests and lets no byte of a reply pass, without closing anything. */
  public void swallowReplies() {
    fault = new Fault(Kind.SWALLOW, 0);
  }

  /**
   * Lets the next request that has a text pass up to the end of the text, runs an action, and lets
   * the rest pass.
   */
  public void pauseAfter(String text, Runnable action) {
    pause = new Pause(text, action);
  }

  /** Replaces a text in replies by one of the same length. */
  public void replaceInReplies(String text, String replacement) {
    if (text.length() != replacement.length()) {
      throw new IllegalArgumentException("replies keep their lengths");
    }
    edit = reply -> reply.replace(text, replacement);
  }

  private record Pause(String text, Runnable action) {}

  /** How many bytes of replies have passed. */
  public long replyBytes() {
    return replyBytes.get();
  }

  /** Accepts connections and closes them at once; open ones too. */
  public void refuse() {
    fault = new Fault(Kind.REFUSE, 0);
    cutAll();
  }

  /** Stops listening, as a server that is down, and closes what is open. */
  public void stopListening() {
    ServerSocket socket = listener;
    listener = null;
    closeQuietly(socket);
    awaitAcceptor();
    cutAll();
  }

  /** Until the thread that accepts has gone, the system goes on listening for it. */
  private void awaitAcceptor() {
    Thread thread = acceptor;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds each piece of a reply back for a while, or until {@link #heal}. */
  public void delayReplies(Duration pause) {
    delay = pause;
  }

  /** Closes every connection. */
  public void cutAll() {
    open.forEach(TcpProxy::closeQuietly);
    open.clear();
  }

  private void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      listener = socket;
      Thread thread = daemon("accept", () -> accept(socket));
      acceptor = thread;
      thread.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "proxy-" + name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        if (fault.kind == Kind.REFUSE) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Closed by us, or the server is down: the client sees it.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
      open.add(client);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      if (closed) {
        cutAll();
      }
      daemon("requests", () -> forward(client, server, false)).start();
      daemon("replies", () -> forward(server, client, true)).start();
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private void forward(Socket from, Socket to, boolean replies) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (replies && !reply(buffer, count, out)) {
          return;
        } else if (!replies) {
          int passed = pauseIn(buffer, count, out);
          out.write(buffer, passed, count - passed);
          requestBytes.addAndGet(count);
        }
      }
    } catch (IOException e) {
      // Either side is gone: the other one sees it.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Returns how many bytes have passed already. */
  private int pauseIn(byte[] buffer, int count, OutputStream out) throws IOException {
    Pause current = pause;
    if (current == null) {
      return 0;
    }
    int at = new String(buffer, 0, count, ISO_8859_1).indexOf(current.text());
    if (at < 0) {
      return 0;
    }
    pause = null;
    int passed = at + current.text().length();
    out.write(buffer, 0, passed);
    current.action().run();
    return passed;
  }

  private void holdBack() {
    long begun = System.nanoTime();
    long left = delay.toNanos();
    while (left > 0) {
      LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
      left = delay.toNanos() - (System.nanoTime() - begun);
    }
  }

  private boolean reply(byte[] buffer, int count, OutputStream out) throws IOException {
    holdBack();
    Fault current = fault;
    int passed = current.pass(count);
    boolean cut = current.kind == Kind.CUT && current.hasStruck();
    if (cut) {
      // Before the client has the last byte: its test may ask for this, or for the next fault,
      // then.
      hasCut = true;
      fault = new Fault(Kind.NONE, 0);
    }
    UnaryOperator<String> editing = edit;
    if (editing == null) {
      out.write(buffer, 0, passed);
    } else {
      String reply = new String(buffer, 0, passed, ISO_8859_1);
      out.write(editing.apply(reply).getBytes(ISO_8859_1));
    }
    replyBytes.addAndGet(passed);
    return !cut;
  }

  private static void closeQuietly(@Nullable Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    closed = true;
    delay = Duration.ZERO;
    closeQuietly(listener);
    cutAll();
  }
}
