package io.jstorage.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Closes servers: all of them, even if closing one fails. */
final class Closing {
  private Closing() {}

  static void all(List<RedisServer> servers) {
    UncheckedIOException failure = null;
    for (RedisServer server : servers) {
      try {
        server.close();
      } catch (IOException e) {
        failure = new UncheckedIOException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
