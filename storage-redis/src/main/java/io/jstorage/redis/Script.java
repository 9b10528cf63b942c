package io.jstorage.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A conditional change: it compares digest and deadline of the entry, and changes the key, in one
 * step of the server. The script is called by its digest, and sent as text only if the server does
 * not know it.
 */
enum Script {
  /** Arguments: digest, deadline, the new value, its time to live in milliseconds or 0. */
  REPLACE(
      """
      if ARGV[4] == '0' then
        redis.call('SET', KEYS[1], ARGV[3])
      else
        redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
      end
      return 1
      """),

  /** Arguments: digest, deadline. */
  DELETE("return redis.call('UNLINK', KEYS[1])\n");

  private static final String CONDITION =
      """
      local value = redis.call('GET', KEYS[1])
      if not value
          or redis.sha1hex(value) ~= ARGV[1]
          or redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[2]) then
        return 0
      end
      """;

  private final String text;
  private final String digest;

  Script(String change) {
    this.text = CONDITION + change;
    this.digest = Sha1.hexOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the change if the entry is in the expected state, and returns whether it was. */
  boolean run(RetryingExecutor executor, byte[] name, State expected, byte[]... more)
      throws IOException {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(expected.digest().getBytes(StandardCharsets.US_ASCII));
    arguments.add(Long.toString(expected.deadline()).getBytes(StandardCharsets.US_ASCII));
    arguments.addAll(List.of(more));
    try {
      return executor.execute(Commands.eval(Command.EVALSHA, digest, name, arguments), false) == 1;
    } catch (IOException e) {
      if (!(e.getCause() instanceof JedisNoScriptException)) {
        throw e;
      }
      return executor.execute(Commands.eval(Command.EVAL, text, name, arguments), false) == 1;
    }
  }
}
