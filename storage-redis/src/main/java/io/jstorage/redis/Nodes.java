package io.jstorage.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/** The servers that a client knows, and connections to them. What it throws is Jedis' own. */
interface Nodes {
  /** A connection to the server for a command, or to the one that another server pointed to. */
  Connection connect(CommandArguments command, @Nullable HostAndPort pointedTo);

  /** A connection to a certain server. */
  Connection connect(HostAndPort node);

  /** The server that has a command's key. */
  HostAndPort nodeOf(CommandArguments command);

  /** The servers that have all keys between them, as it is now. */
  List<HostAndPort> masters();

  /** Finds out anew which server has which keys, where there are several. */
  void refresh();

  /** Whether keys live on several servers. */
  boolean isCluster();

  /** How many connections there may be to each server. */
  int poolSize();
}
