package io.jstorage.s3;

import io.jstorage.InvalidOptionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rules for a server's address. */
final class Endpoints {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

  private Endpoints() {}

  /** Checks that a URL is the address of a server and nothing more. Shows none of it. */
  static URI check(URI uri) {
    if ((isScheme(uri, "https") || isScheme(uri, "http"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null) {
      return uri;
    }
    throw new InvalidOptionException(
        "option 'endpoint' must be a URL of http or https with host and port,"
            + " without user, query and fragment");
  }

  /** Makes the address of a server of its text. Shows none of it. */
  static URI parse(String endpoint) {
    try {
      return check(new URI(endpoint));
    } catch (URISyntaxException e) {
      // Its message would show what may be a secret in the wrong place.
      throw new InvalidOptionException("option 'endpoint' is no URL: %s".formatted(e.getReason()));
    }
  }

  /** Returns whether data sent to an endpoint can be read on the network. No name is looked up. */
  static boolean isReadableOnTheWay(URI endpoint) {
    return !isScheme(endpoint, "https")
        && !LOOPBACK.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** Returns scheme, host and port: a user's own client may have more in its URL, and a secret. */
  static String withoutUser(URI uri) {
    String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
    return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static boolean isScheme(URI uri, String scheme) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }
}
