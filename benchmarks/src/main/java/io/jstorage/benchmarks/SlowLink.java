package io.jstorage.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A long way to a server: what the server says arrives later, and each connection carries a limited
 * number of bytes in a second, both ways. The bytes are passed on as they are.
 */
final class SlowLink implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 16;

  /** Of each way of a connection; more than what the delay keeps in flight. */
  private static final int PIECES = 64;

  /** By how much a connection may be behind its limit and catch up. */
  private static final long SLACK_NANOS = 10_000_000;

  private final ServerSocket listener;
  private final URI server;
  private final long delayNanos;
  private final long bytesPerSecond;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private SlowLink(ServerSocket listener, URI server, Duration delay, long bytesPerSecond) {
    this.listener = listener;
    this.server = server;
    this.delayNanos = delay.toNanos();
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Starts a link on a free port.
   *
   * @param server where it leads
   * @param delay by how much an answer is later
   * @param bytesPerSecond what a connection carries at most, each way
   */
  static SlowLink start(URI server, Duration delay, long bytesPerSecond) {
    try {
      SlowLink link =
          new SlowLink(
              new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()),
              server,
              delay,
              bytesPerSecond);
      daemon(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      Socket far = new Socket(server.getHost(), server.getPort());
      sockets.add(near);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      pass(near, far, 0);
      pass(far, near, delayNanos);
    }
  }

  /** Some bytes, and when they arrive; none at the end. */
  private record Piece(ByteBuffer bytes, long dueNanos) {}

  private void pass(Socket from, Socket to, long delay) {
    BlockingQueue<Piece> way = new ArrayBlockingQueue<>(PIECES);
    daemon(
        () -> {
          try {
            read(from.getInputStream(), way, delay);
          } finally {
            way.put(new Piece(ByteBuffer.allocate(0), 0));
          }
        });
    daemon(
        () -> {
          try {
            write(way, to.getOutputStream());
          } finally {
            to.close();
            from.close();
            sockets.remove(to);
            sockets.remove(from);
          }
        });
  }

  private void read(InputStream in, BlockingQueue<Piece> way, long delay)
      throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE_BYTES];
    long free = System.nanoTime();
    int got;
    while ((got = in.read(piece)) >= 0) {
      free =
          Math.max(free, System.nanoTime() - SLACK_NANOS) + got * 1_000_000_000L / bytesPerSecond;
      way.put(new Piece(ByteBuffer.wrap(Arrays.copyOf(piece, got)), System.nanoTime() + delay));
      waitUntil(free);
    }
  }

  private static void write(BlockingQueue<Piece> way, OutputStream out)
      throws IOException, InterruptedException {
    Piece piece = way.take();
    while (piece.bytes().hasRemaining()) {
      waitUntil(piece.dueNanos());
      out.write(piece.bytes().array());
      piece = way.take();
    }
  }

  private static void waitUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  /** The work of a thread until a connection ends. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // One side has left.
                return;
              }
            },
            "slow-link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
