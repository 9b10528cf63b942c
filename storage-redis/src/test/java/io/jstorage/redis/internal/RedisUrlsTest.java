package io.jstorage.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.redis.RedisOptions;
import io.jstorage.spi.StorageUrl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisUrlsTest {
  private static StorageOptions options(String url) {
    return new TextRedisFactory().fromUrl(StorageUrl.parse(url));
  }

  private static StorageOptions of(Map<String, Object> values) {
    return StorageOptions.from(values);
  }

  @Test
  void aUrlSaysWhereAsWhomAndWhichDatabase() {
    assertThat(options("redis://example.org")).isEqualTo(of(Map.of("host", "example.org")));
    assertThat(options("redis://h:7/")).isEqualTo(of(Map.of("host", "h", "port", 7)));
    assertThat(options("redis://me:p%40s%3A%2F+@h:7/3?namespace=a%3Ab&expiration=5s"))
        .isEqualTo(
            of(
                Map.of(
                    "host", "h",
                    "port", 7,
                    "username", "me",
                    "password", "p@s:/+",
                    "database", 3,
                    "namespace", "a:b",
                    "expiration", "5s")));
    assertThat(options("redis://:secret@[::1]:7"))
        .isEqualTo(of(Map.of("host", "::1", "port", 7, "password", "secret")));
    assertThat(options("redis://:a:b@h")).isEqualTo(of(Map.of("host", "h", "password", "a:b")));
  }

  @Test
  void withoutAHostItTakesSentinelsOrACluster() {
    assertThat(options("redis:?cluster=a:1,b:2")).isEqualTo(of(Map.of("cluster", "a:1,b:2")));
    assertThat(options("rediss://me:pw@/2?sentinels=a&master=m"))
        .isEqualTo(
            of(
                Map.of(
                    "tls", true,
                    "username", "me",
                    "password", "pw",
                    "database", 2,
                    "sentinels", "a",
                    "master", "m")));
  }

  @Test
  void anSBehindTheProductIsTls() {
    assertThat(new TextRedisFactory().schemes()).containsExactlyInAnyOrder("redis", "rediss");
    assertThat(new JsonRedisFactory().schemes())
        .containsExactlyInAnyOrder("redis.json", "rediss.json");
    assertThat(options("rediss.json://h").get(RedisOptions.TLS)).isTrue();
    assertThat(options("redis.json://h").has(RedisOptions.TLS)).isFalse();
  }

  @Test
  void invalidUrlsAreRefusedWithoutShowingThePassword() {
    for (String url :
        List.of(
            "redis://me:geheim@h/zero",
            "redis://me:geheim@h/-1",
            "redis://me:geheim@h/1/2",
            "redis://me:geheim@h:0",
            "redis://me:geheim@h:99999",
            "redis://me:geheim@h:port",
            "redis://me:geheim%zz@h",
            "redis://me:geheim%@h",
            "redis://me:geheim%ff@h",
            "redis://me:geheim@h?host=x",
            "redis://me:geheim@h?password=geheim",
            "redis://me:geheim@h/0?database=1",
            "rediss://me:geheim@h?tls=false",
            "redis://me:geheim/slash@h",
            "redis://me:geheim?mark@h")) {
      assertThatThrownBy(() -> options(url))
          .as(url)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageNotContaining("geheim")
          .hasNoCause();
    }
  }
}
