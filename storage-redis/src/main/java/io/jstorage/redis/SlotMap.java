package io.jstorage.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisClusterOperationException;

/**
 * The slots of each master of a Cluster. Jedis knows them too, but reports neither the master of a
 * slot nor, after a fail-over, the masters; and its list of all nodes contains the replicas, which
 * would list every key again.
 */
final class SlotMap {
  /** The failure of a Cluster whose nodes do not report their addresses. */
  static final String UNKNOWN_ENDPOINTS =
      "the Cluster does not name the hosts of its nodes: set cluster-preferred-endpoint-type to ip or hostname on the servers";

  private final @Nullable HostAndPort[] masters = new HostAndPort[Protocol.CLUSTER_HASHSLOTS];
  private final Set<HostAndPort> all = new LinkedHashSet<>();

  /** Asks a node: {@code [first slot, last slot, [host, port, …] of the master, …]} each. */
  @SuppressWarnings("unchecked") // The form of the reply is the protocol's.
  static SlotMap ask(Lease lease) {
    SlotMap map = new SlotMap();
    Object reply = lease.execute(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS));
    for (List<Object> range : (List<List<Object>>) reply) {
      List<Object> node = (List<Object>) range.get(2);
      byte[] host = (byte[]) node.get(0);
      if (host == null) {
        throw new JedisClusterOperationException(UNKNOWN_ENDPOINTS);
      }
      HostAndPort master =
          new HostAndPort(
              new String(host, StandardCharsets.UTF_8), ((Long) node.get(1)).intValue());
      int last = ((Long) range.get(1)).intValue();
      for (int slot = ((Long) range.get(0)).intValue(); slot <= last; slot++) {
        map.masters[slot] = master;
      }
      map.all.add(master);
    }
    return map;
  }

  HostAndPort masterOf(int slot) {
    HostAndPort master = masters[slot];
    if (master == null) {
      throw new JedisClusterOperationException("no node has the slot %d".formatted(slot));
    }
    return master;
  }

  /** Whether each slot has a master. */
  boolean isComplete() {
    return !Arrays.asList(masters).contains(null);
  }

  /** The masters that have all slots between them. */
  List<HostAndPort> masters() {
    for (int slot = 0; slot < masters.length; slot++) {
      masterOf(slot);
    }
    return List.copyOf(all);
  }
}
