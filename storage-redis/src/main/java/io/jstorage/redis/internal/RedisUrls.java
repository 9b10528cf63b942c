package io.jstorage.redis.internal;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.redis.RedisOptions;
import io.jstorage.spi.PercentEscapes;
import io.jstorage.spi.StorageUrl;

/**
 * Reads {@code redis://user:password@host:port/database?option=value}. No message shows a part of
 * the user information.
 */
final class RedisUrls {
  private RedisUrls() {}

  static StorageOptions toOptions(StorageUrl url) {
    StorageOptions options = StorageOptions.from(url.query());
    if (url.scheme().startsWith("rediss")) {
      options = add(options, url, "tls", true);
    }
    if (url.host().isPresent()) {
      options = add(options, url, "host", withoutBrackets(url.host().get()));
    }
    if (url.port().isPresent()) {
      options = add(options, url, "port", url.port().getAsInt());
    }
    if (url.userInfo().isPresent()) {
      options = addUser(options, url, url.userInfo().get());
    }
    String database = url.path().startsWith("/") ? url.path().substring(1) : url.path();
    return database.isEmpty() ? options : add(options, url, "database", databaseOf(url, database));
  }

  /** {@code user:password}, {@code :password} or {@code user}, each percent-encoded. */
  private static StorageOptions addUser(StorageOptions options, StorageUrl url, String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = decode(url, colon < 0 ? userInfo : userInfo.substring(0, colon));
    StorageOptions more = user.isEmpty() ? options : add(options, url, "username", user);
    return colon < 0
        ? more
        : add(more, url, "password", decode(url, userInfo.substring(colon + 1)));
  }

  private static StorageOptions add(
      StorageOptions options, StorageUrl url, String name, Object value) {
    if (options.names().contains(name)) {
      throw new InvalidOptionException(
          "the URL %s is malformed: '%s' is given twice, before and after the '?'"
              .formatted(url, name));
    }
    return options.with(name, value);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int databaseOf(StorageUrl url, String database) {
    try {
      return RedisOptions.DATABASE.parse(database);
    } catch (InvalidOptionException e) {
      throw new InvalidOptionException(
          "the URL %s is malformed: what follows the host must be the number of a database, as in %s://host/0"
              .formatted(url, url.scheme()));
    }
  }

  private static String decode(StorageUrl url, String text) {
    String decoded = PercentEscapes.tryDecode(text);
    if (decoded == null) {
      throw malformed(url);
    }
    return decoded;
  }

  private static InvalidOptionException malformed(StorageUrl url) {
    return new InvalidOptionException(
        "the URL %s is malformed: in the part before the '@', two hexadecimal digits must follow each '%%', and the escapes must be UTF-8; '%%' itself is %%25"
            .formatted(url));
  }
}
