package io.jstorage.redis;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.resps.ScanResult;

/**
 * SCAN over one master after the other. A cursor means something to one process only: once a server
 * has given one, another connection may be tried, but not another server.
 */
final class MasterScan {
  private static final byte[] START = {'0'};

  private final Iterator<HostAndPort> masters;
  private final byte[] pattern;
  private final Caller caller;
  private @Nullable HostAndPort master;
  private byte[] cursor = START;

  MasterScan(List<HostAndPort> masters, byte[] pattern, Caller caller) {
    this.masters = masters.iterator();
    this.pattern = pattern;
    this.caller = caller;
  }

  /** Carries out a command on a certain server. */
  @FunctionalInterface
  interface Caller {
    <T> T execute(HostAndPort node, CommandObject<T> command) throws IOException;
  }

  /** The next page, possibly empty, with repetitions; null at the end. */
  @Nullable List<byte[]> next() throws IOException {
    if (master == null) {
      if (!masters.hasNext()) {
        return null;
      }
      master = masters.next();
    }
    ScanResult<byte[]> page = caller.execute(master, Commands.scan(cursor, pattern));
    cursor = page.getCursorAsBytes();
    if (Arrays.equals(cursor, START)) {
      master = null;
    }
    return page.getResult();
  }
}
