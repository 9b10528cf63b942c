#!/usr/bin/env bash
# In jedis-mock a key loses its deadline when something is added to its value. In Redis only a
# command that replaces the value as a whole, such as SET, takes the deadline away.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.github.fppt:jedis-mock:1.1.18 redis.clients:jedis:8.0.2

seen=$(java_program jars <<'EOF'
import com.github.fppt.jedismock.RedisServer;
import java.io.IOException;
import redis.clients.jedis.Jedis;

class Main {
  public static void main(String[] args) throws IOException {
    RedisServer server = RedisServer.newRedisServer().start();
    try (Jedis redis = new Jedis(server.getHost(), server.getBindPort())) {
      redis.setex("number", 1000, "1");
      redis.incr("number");
      redis.setex("text", 1000, "a");
      redis.append("text", "b");
      redis.sadd("set", "a");
      redis.expire("set", 1000);
      redis.sadd("set", "b");
      redis.rpush("list", "a");
      redis.expire("list", 1000);
      redis.rpush("list", "b");
      System.out.printf("kept after INCR %b, APPEND %b, SADD %b, RPUSH %b%n",
          redis.ttl("number") > 0, redis.ttl("text") > 0, redis.ttl("set") > 0,
          redis.ttl("list") > 0);
    }
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.fppt:jedis-mock 1.1.18" \
  "kept after INCR true, APPEND true, SADD true, RPUSH true" \
  "kept after INCR true, APPEND false, SADD false, RPUSH false" "$seen" || exit 1
