package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

class RedisAddressTest {
  @Test
  void anAddressIsAHostWithOrWithoutAPort() {
    assertThat(RedisAddress.parse("redis.example.org", 6379))
        .isEqualTo(new HostAndPort("redis.example.org", 6379));
    assertThat(RedisAddress.parse("10.0.0.1:7000", 6379))
        .isEqualTo(new HostAndPort("10.0.0.1", 7000));
    assertThat(RedisAddress.parse("[::1]:7000", 6379)).isEqualTo(new HostAndPort("::1", 7000));
    assertThat(RedisAddress.parse("[fe80::1]", 6379)).isEqualTo(new HostAndPort("fe80::1", 6379));
  }

  @Test
  void everythingElseIsNone() {
    for (String text :
        List.of(
            "",
            ":1",
            "host:",
            "host:0",
            "host:65536",
            "u:p@host",
            "host/0",
            "::1",
            "a b",
            "h:1:2")) {
      assertThat(RedisAddress.areAddresses(List.of("localhost", text))).as(text).isFalse();
    }
    assertThat(RedisAddress.areAddresses(List.of())).isFalse();
  }

  @Test
  void loopbackIsJudgedByTheText() {
    for (String host :
        List.of(
            "localhost",
            "LOCALHOST",
            "a.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "0:0:0:0:0:0:0:1")) {
      assertThat(RedisAddress.isLoopback(host)).as(host).isTrue();
    }
    for (String host :
        List.of(
            "localhost.example.org",
            "127.0.0.1.example.org",
            "128.0.0.1",
            "10.0.0.1",
            "::2",
            "redis",
            "0.0.0.0")) {
      assertThat(RedisAddress.isLoopback(host)).as(host).isFalse();
    }
  }
}
