#!/usr/bin/env bash
# A command that fails within MULTI/EXEC ends the transaction of jedis-mock half done: what came
# before it stays, what comes after it is not carried out, and EXEC answers as if a watched key had
# changed. Redis carries out the others and answers with each result.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.github.fppt:jedis-mock:1.1.18 redis.clients:jedis:8.0.2

seen=$(java_program jars <<'EOF'
import com.github.fppt.jedismock.RedisServer;
import java.io.IOException;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;

class Main {
  public static void main(String[] args) throws IOException {
    RedisServer server = RedisServer.newRedisServer().start();
    try (Jedis redis = new Jedis(server.getHost(), server.getBindPort())) {
      Transaction transaction = redis.multi();
      transaction.set("before", "1");
      transaction.lpush("before", "no list");
      transaction.set("after", "1");
      List<Object> results = transaction.exec();
      System.out.printf("results %s, before %s, after %s%n",
          results == null ? "none" : results.size(), redis.get("before"), redis.get("after"));
    }
    System.exit(0);
  }
}
EOF
) || exit

conclude "com.github.fppt:jedis-mock 1.1.18" \
  "results 3, before 1, after 1" \
  "results none, before 1, after null" "$seen" || exit 1
