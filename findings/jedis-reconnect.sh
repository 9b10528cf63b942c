#!/usr/bin/env bash
# A Jedis connection that was closed connects again by itself when a command is given to it, without
# what its configuration asks for: the command goes to database 0 instead of 3.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars_into newer redis.clients:jedis:8.0.2 com.github.codemonstur:embedded-redis:1.4.4
jars_into older redis.clients:jedis:6.0.0 com.github.codemonstur:embedded-redis:1.4.4

use_it_after_close() { # folder
  java_program "$1" "$(free_port)" <<'EOF'
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisServer;

class Main {
  public static void main(String[] args) throws Exception {
    HostAndPort address = new HostAndPort("127.0.0.1", Integer.parseInt(args[0]));
    RedisServer server =
        RedisServer.newRedisServer().port(address.getPort()).setting("bind 127.0.0.1").build();
    server.start();
    try {
      Jedis redis = new Jedis(address, DefaultJedisClientConfig.builder().database(3).build());
      redis.set("key", "before");
      redis.close();
      String answer;
      try {
        answer = redis.set("key", "after");
      } catch (JedisException e) {
        answer = e.getClass().getSimpleName();
      }
      try (Jedis other = new Jedis(address)) {
        System.out.printf("%s; database 0: %s, ", answer, other.get("key"));
        other.select(3);
        System.out.printf("database 3: %s%n", other.get("key"));
      }
    } finally {
      server.stop();
    }
    System.exit(0);
  }
}
EOF
}
newer=$(use_it_after_close newer) && older=$(use_it_after_close older) || exit

described="OK; database 0: after, database 3: before"
conclude "redis.clients:jedis 8.0.2 and 6.0.0" \
  "an exception; database 0: null, database 3: before" \
  "8.0.2: $described. 6.0.0: $described" "8.0.2: $newer. 6.0.0: $older" || exit 1
