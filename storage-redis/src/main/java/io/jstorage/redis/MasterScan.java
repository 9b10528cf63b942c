package io.jstorage.redis;

import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.resps.ScanResult;

/**
 * SCAN over one master after the other. A cursor is valid only for the process that returned it:
 * another process at the same address, after a restart or a fail-over, would skip keys. Each page
 * therefore has the name of its process.
 */
final class MasterScan {
  private static final byte[] START = {'0'};
  private static final String RUN_ID = "run_id:";

  private final RetryingExecutor executor;
  private final Iterator<HostAndPort> masters;
  private final byte[] pattern;
  private @Nullable HostAndPort master;
  private byte[] cursor = START;
  private String process = "";

  MasterScan(RetryingExecutor executor, List<HostAndPort> masters, byte[] pattern) {
    this.executor = executor;
    this.masters = masters.iterator();
    this.pattern = pattern;
  }

  /** The next page, possibly empty, with repetitions; null at the end. */
  @Nullable List<byte[]> next() throws IOException {
    if (master == null) {
      if (!masters.hasNext()) {
        return null;
      }
      master = masters.next();
    }
    // The two may be answered by different processes: the earlier of them counts, and so a change
    // shows.
    int scan = Arrays.equals(cursor, START) ? 1 : 0;
    List<CommandObject<?>> commands = new ArrayList<>(List.of(Commands.serverInfo()));
    commands.add(scan, Commands.scan(cursor, pattern));
    List<Reply<Object>> replies = executor.executeAllOn(master, commands);
    ScanResult<?> page = (ScanResult<?>) replies.get(scan).get();
    if (page == null) {
      throw new IOException("the server replied null to SCAN");
    }
    checkProcess(processIn(replies.get(1 - scan)));
    cursor = page.getCursorAsBytes();
    if (Arrays.equals(cursor, START)) {
      master = null;
    }
    return page.getResult().stream().map(byte[].class::cast).toList();
  }

  private void checkProcess(String replying) throws ByteStoreException {
    if (!Arrays.equals(cursor, START) && !replying.equals(process)) {
      throw ByteStoreException.unavailable(
          "the server was restarted or replaced by another one between two pages of the listing; list again",
          null);
    }
    process = replying;
  }

  /** The empty string if the server does not say, or does not allow this user to ask. */
  private static String processIn(Reply<Object> info) {
    try {
      String lines = String.valueOf(info.get());
      int start = lines.indexOf(RUN_ID);
      int end = lines.indexOf('\r', Math.max(0, start));
      return start < 0 || end < 0 ? "" : lines.substring(start, end);
    } catch (IOException e) {
      return "";
    }
  }
}
