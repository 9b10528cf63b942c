package io.jstorage.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.resps.ScanResult;

/** The commands of Redis that a store uses. */
final class Commands {
  /**
   * A page of SCAN: as fast as pages get, and the server is back for others within a millisecond.
   */
  private static final int PAGE = 1_000;

  private static final byte[] STRING = "string".getBytes(StandardCharsets.US_ASCII);

  private Commands() {}

  /** Replies null if there is no value. */
  static CommandObject<byte[]> get(byte[] name) {
    return new CommandObject<>(of(Command.GET, name), BuilderFactory.BINARY);
  }

  static CommandObject<List<byte @Nullable []>> mget(List<byte[]> names) {
    return new CommandObject<>(of(Command.MGET, names), BuilderFactory.BINARY_LIST);
  }

  static CommandObject<Long> exists(List<byte[]> names) {
    return new CommandObject<>(of(Command.EXISTS, names), BuilderFactory.LONG);
  }

  static CommandObject<Long> unlink(List<byte[]> names) {
    return new CommandObject<>(of(Command.UNLINK, names), BuilderFactory.LONG);
  }

  /** Replies the deadline in milliseconds since 1970, -1 for none, -2 for no entry. */
  static CommandArguments pexpiretime(byte[] name) {
    return of(Command.PEXPIRETIME, name);
  }

  /**
   * Writes a value.
   *
   * @param ttlMillis how long the value lives; 0 for ever
   */
  static CommandObject<String> set(byte[] name, byte[] bytes, long ttlMillis) {
    return new CommandObject<>(setArguments(name, bytes, ttlMillis), BuilderFactory.STRING);
  }

  /** Replies null if there was a value. */
  static CommandObject<String> setIfAbsent(byte[] name, byte[] bytes, long ttlMillis) {
    return new CommandObject<>(
        setArguments(name, bytes, ttlMillis).add(Keyword.NX), BuilderFactory.STRING);
  }

  private static CommandArguments setArguments(byte[] name, byte[] bytes, long ttlMillis) {
    CommandArguments arguments = of(Command.SET, name).add(bytes);
    return ttlMillis == 0 ? arguments : arguments.add(Keyword.PX).add(ttlMillis);
  }

  /** Evaluates a script, by its text or its digest, on one key. */
  static CommandObject<Long> eval(
      ProtocolCommand command, String script, byte[] name, List<byte[]> arguments) {
    CommandArguments all = new CommandArguments(command).add(script).add(1).key(name);
    arguments.forEach(all::add);
    return new CommandObject<>(all, BuilderFactory.LONG);
  }

  static CommandObject<ScanResult<byte[]>> scan(byte[] cursor, byte[] pattern) {
    return new CommandObject<>(
        new CommandArguments(Command.SCAN)
            .add(cursor)
            .add(Keyword.MATCH)
            .add(pattern)
            .add(Keyword.COUNT)
            .add(PAGE)
            .add(Keyword.TYPE)
            .add(STRING),
        BuilderFactory.SCAN_BINARY_RESPONSE);
  }

  /** Replies lines of {@code name:value}, among them the {@code run_id} of the process. */
  static CommandObject<String> serverInfo() {
    return new CommandObject<>(
        new CommandArguments(Command.INFO).add("server"), BuilderFactory.STRING);
  }

  private static CommandArguments of(Command command, byte[] name) {
    return new CommandArguments(command).key(name);
  }

  private static CommandArguments of(Command command, List<byte[]> names) {
    CommandArguments arguments = new CommandArguments(command);
    names.forEach(arguments::key);
    return arguments;
  }
}
