package io.jstorage.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.Pool;

/**
 * The servers that a client knows, and connections to them. Its methods throw Jedis' own
 * exceptions.
 */
interface Nodes {
  /** The connections to a server. */
  Pool<Connection> poolOf(HostAndPort node);

  /** The server that has a command's key. */
  HostAndPort nodeOf(CommandArguments command);

  /** The servers that have all keys between them, as it is now. */
  List<HostAndPort> masters();

  /** Forgets which server has which keys, so that the next command asks again. */
  void refresh();

  /** Notes that a server did not reply, and forgets which server has which keys. */
  void suspect(HostAndPort node);

  /** Whether keys are on several servers. */
  boolean isCluster();

  /** How many connections there may be to each server. */
  int poolSize();
}
