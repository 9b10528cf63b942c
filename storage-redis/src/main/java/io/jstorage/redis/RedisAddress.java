package io.jstorage.redis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/** Addresses as people write them: {@code host}, {@code host:port}, {@code [::1]:port}. */
final class RedisAddress {
  private static final Pattern HOST = Pattern.compile("[^\\s/@\\[\\]?#]{1,255}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)\\]|([^\\s/@\\[\\]?#:]{1,255}))(?::(\\d{1,5}))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|::1|(0+:){7}0*1");

  private RedisAddress() {}

  static boolean isHost(String host) {
    return HOST.matcher(host).matches();
  }

  static boolean areAddresses(List<String> addresses) {
    return !addresses.isEmpty() && addresses.stream().allMatch(RedisAddress::isAddress);
  }

  private static boolean isAddress(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return false;
    }
    int port = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    return port >= 1 && port <= 65_535;
  }

  static HostAndPort parse(String address, int defaultPort) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not an address");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String port = matcher.group(3);
    return new HostAndPort(host, port == null ? defaultPort : Integer.parseInt(port));
  }

  /** Judged by its text: a name that has to be looked up may lead anywhere. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(java.util.Locale.ROOT)).matches();
  }
}
