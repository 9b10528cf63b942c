#!/usr/bin/env bash
# jedis-mock takes some characters of a KEYS pattern for those of a regular expression, which Redis
# takes for themselves.
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
      redis.mset("a+b", "", "aab", "", "price$", "", "what?", "");
      System.out.printf("a+b: %s, price$: %s, what\\?: %s%n", redis.keys("a+b"),
          redis.keys("price$"), redis.keys("what\\?"));
    }
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.fppt:jedis-mock 1.1.18" \
  'a+b: [a+b], price$: [price$], what\?: [what?]' \
  'a+b: [aab], price$: [], what\?: []' "$seen" || exit 1
