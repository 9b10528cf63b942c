package io.jstorage.s3;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server's address may be. */
final class Endpoints {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

  private Endpoints() {}

  /** Tells whether a text is the address of a server and nothing more. */
  static boolean isEndpoint(String text) {
    try {
      return isEndpoint(URI.create(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isEndpoint(URI uri) {
    return (isScheme(uri, "https") || isScheme(uri, "http"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  /** Tells whether what is sent to an endpoint can be read on the way. No name is looked up. */
  static boolean isReadableOnTheWay(URI endpoint) {
    return !isScheme(endpoint, "https")
        && !LOOPBACK.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isScheme(URI uri, String scheme) {
    @Nullable String given = uri.getScheme();
    return scheme.equalsIgnoreCase(given);
  }
}
