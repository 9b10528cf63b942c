package io.jstorage.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.redis.server.RedisServer;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.net.URLEncoder;

/** A Redis and an S3 server of this machine, in place of those that the README speaks of. */
final class Servers implements AutoCloseable {
  private static final String BUCKET = "my-bucket";

  private final RedisServer redis = RedisServer.start();
  private final S3ProxyServer s3 = S3ProxyServer.start();

  private Servers() {
    s3.createBucket(BUCKET);
  }

  static Servers start() {
    return new Servers();
  }

  /** Names these servers where a text names those that every reader has. */
  String inPlaceOf(String text) {
    return text.replace("//localhost:6379?", redisPlace() + "&")
        .replace("//localhost:6379", redisPlace())
        .replace("s3://my-bucket/some/folder/?region=eu-west-1", s3Url("some/folder/"));
  }

  String redisUrl() {
    return "redis:" + redisPlace();
  }

  /** With a time-out that no pause of the machine exceeds. */
  private String redisPlace() {
    return "//%s:%d?timeout=30s".formatted(redis.host(), redis.port());
  }

  String s3Url(String folder) {
    return "s3://%s/%s?endpoint=%s&accessKey=%s&secretKey=%s"
        .formatted(
            BUCKET,
            folder,
            s3.endpoint(),
            S3ProxyServer.ACCESS_KEY,
            URLEncoder.encode(S3ProxyServer.SECRET_KEY, UTF_8));
  }

  @Override
  public void close() throws IOException {
    s3.close();
    redis.close();
  }
}
