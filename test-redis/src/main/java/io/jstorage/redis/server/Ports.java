package io.jstorage.redis.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, below the range that the system gives to outgoing
 * connections. In that range, a client that tries to reach a stopped server could be given the
 * server's own port, connect to itself and keep the server from coming back. The port of a cluster
 * node's bus is ten thousand higher.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  static final int BUS_OFFSET = 10_000;

  private Ports() {}

  /** Returns a port that is free, and whose bus port is free too. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port) && isFree(port + BUS_OFFSET)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
