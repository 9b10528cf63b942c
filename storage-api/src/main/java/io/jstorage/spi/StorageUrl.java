package io.jstorage.spi;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a storage: {@code scheme ':' ['//' authority] [path] ['?' query]}.
 *
 * <p>{@link PercentEscapes} are decoded after the URL has been split; {@code +} and {@code #} stand
 * for themselves. {@code java.net.URI} is not used because it refuses {@code lru:} and {@code
 * json:C:\data}. Immutable. No message and no {@code toString()} shows user information or the
 * values of the query.
 */
public final class StorageUrl {
  /** Scheme, authority, path and query; whatever has a scheme matches. */
  private static final Pattern URL =
      Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?]*))?([^?]*)\\??(.*)");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::(\\d{1,5}))?");

  private final String scheme;
  private final @Nullable String authority;
  private final @Nullable String userInfo;
  private final String host;
  private final @Nullable String port;
  private final String path;
  private final Map<String, String> query;
  private final boolean misplacedAt;

  private StorageUrl(String scheme, @Nullable String authority, String path, String query) {
    int at = authority == null ? -1 : authority.lastIndexOf('@');
    Matcher hostAndPort =
        HOST_AND_PORT.matcher(authority == null ? "" : authority.substring(at + 1));
    if (!hostAndPort.matches()) {
      throw malformed(
          scheme,
          "what follows '//' is not of the form host:port or user:password@host:port, with the special characters of a password percent-encoded");
    }
    this.scheme = scheme;
    this.authority = authority;
    this.userInfo = authority == null || at < 0 ? null : authority.substring(0, at);
    this.host = decode(scheme, hostAndPort.group(1));
    this.port = hostAndPort.group(2);
    this.path = decode(scheme, path);
    this.query = parseQuery(scheme, query);
    this.misplacedAt = path.indexOf('@') >= 0 || query.indexOf('@') >= 0;
  }

  /**
   * Parses a URL.
   *
   * @param url the text
   * @return the URL
   * @throws InvalidOptionException if it has no scheme, a broken escape, an authority that is not
   *     of the form {@code user:password@host:port}, or a parameter twice
   */
  public static StorageUrl parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new InvalidOptionException(
          "the URL has no scheme: it must begin with one such as json: or redis:");
    }
    String authority = parts.group(2);
    return new StorageUrl(
        parts.group(1).toLowerCase(Locale.ROOT),
        "".equals(authority) ? null : authority,
        parts.group(3),
        parts.group(4));
  }

  private static Map<String, String> parseQuery(String scheme, String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String parameter : text.split("&", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw malformed(scheme, "a parameter of the query is not of the form name=value");
      }
      if (parameter.lastIndexOf('@', equals) >= 0) {
        throw malformed(
            scheme, "a parameter has an '@' in its name; in a password, '?' is written %3F");
      }
      String name = decode(scheme, parameter.substring(0, equals));
      if (query.put(name, decode(scheme, parameter.substring(equals + 1))) != null) {
        throw malformed(scheme, "the parameter %s is given twice".formatted(Keys.display(name)));
      }
    }
    return Collections.unmodifiableMap(query);
  }

  private static String decode(String scheme, String text) {
    try {
      return PercentEscapes.decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(scheme, e.getMessage());
    }
  }

  private static InvalidOptionException malformed(String scheme, @Nullable String reason) {
    return new InvalidOptionException("the URL %s:… is malformed: %s".formatted(scheme, reason));
  }

  /**
   * Returns the scheme.
   *
   * @return the scheme in lower case
   */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the user information, the part before the {@code @} of the authority, not decoded.
   *
   * @return the user information, such as {@code user:password}; secret
   */
  public Optional<String> userInfo() {
    return Optional.ofNullable(userInfo);
  }

  /**
   * Returns the host, or the name that the scheme has in its place, such as a bucket.
   *
   * @return the host, decoded; an IPv6 address in its brackets
   */
  public Optional<String> host() {
    return host.isEmpty() ? Optional.empty() : Optional.of(host);
  }

  /**
   * Returns the port.
   *
   * @return the port, from 1 to 65535
   * @throws InvalidOptionException if it is not a valid port
   */
  public OptionalInt port() {
    if (port == null) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw malformed(scheme, "a port is a number from 1 to 65535");
    }
    return OptionalInt.of(number);
  }

  /**
   * Returns the path.
   *
   * @return the path, decoded, with its leading slash if it has one; possibly empty
   */
  public String path() {
    return path;
  }

  /**
   * Returns the parameters of the query.
   *
   * @return an unmodifiable map in the order of the URL, decoded
   */
  public Map<String, String> query() {
    return query;
  }

  /**
   * Turns the query's parameters into options, and a path into the option {@code path}.
   *
   * @param accepted the options of the service
   * @return the options
   * @throws InvalidOptionException if the URL has an authority, or a path that the service does not
   *     take or that the query names too
   */
  StorageOptions toOptions(Set<Option<?>> accepted) {
    if (authority != null) {
      throw malformed(
          scheme, "this storage is on no server; write %s:/path or %s:".formatted(scheme, scheme));
    }
    StorageOptions options = StorageOptions.from(query);
    if (path.isEmpty()) {
      return options;
    }
    if (accepted.stream().noneMatch(option -> option.name().equals("path"))) {
      throw malformed(scheme, "this storage takes no path; write %s:".formatted(scheme));
    }
    if (query.containsKey("path")) {
      throw malformed(scheme, "the path is given twice, before and after the '?'");
    }
    return options.with("path", path);
  }

  /**
   * Shows the scheme, the host and the path, and of the query the names only. If an {@code @}
   * follows the authority, it shows the scheme only: an unescaped slash or question mark in a
   * password moves a part of the password there.
   */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(scheme).append(':');
    if (misplacedAt) {
      return shown.append("***").toString();
    }
    if (authority != null) {
      shown.append("//").append(userInfo == null ? "" : "***@");
      shown.append(authority.substring(authority.lastIndexOf('@') + 1));
    }
    shown.append(path);
    if (!query.isEmpty()) {
      shown.append('?').append(String.join("=***&", query.keySet())).append("=***");
    }
    return shown.toString();
  }
}
