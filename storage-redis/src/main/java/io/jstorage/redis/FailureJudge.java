package io.jstorage.redis;

import io.jstorage.redis.Failure.Kind;
import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Says what a failure of Jedis means for the command, and keeps the password out of it. */
final class FailureJudge {
  /** Replies of a server that will be there again, or has been told to wait. */
  private static final Set<String> LATER =
      Set.of("LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN");

  /** Replies of a server that cannot do it as it is; somebody has to see to that. */
  private static final Set<String> UNABLE =
      Set.of("OOM", "MISCONF", "READONLY", "NOREPLICAS", "NOTREADY", "UNKILLABLE");

  private static final Set<String> DENIED = Set.of("WRONGPASS", "NOPERM", "DENIED");

  private final @Nullable String secret;
  private final boolean failsOver;

  /**
   * @param secret what no message may show, or null
   * @param failsOver whether the part of a server may pass to another one
   */
  FailureJudge(@Nullable String secret, boolean failsOver) {
    this.secret = secret == null || secret.isEmpty() ? null : secret;
    this.failsOver = failsOver;
  }

  /**
   * @param e what Jedis threw
   * @param sent whether the command can have reached the server
   * @param repeatable whether it does no harm to carry it out twice
   */
  Failure judge(RuntimeException e, boolean sent, boolean repeatable) {
    Throwable telling = telling(e);
    if (telling instanceof JedisDataException reply) {
      return judgeReply(reply);
    }
    String message = describe(telling);
    if (!sent) {
      return failure(Kind.UNAVAILABLE, "no connection: " + message, e, true);
    }
    return repeatable
        ? failure(Kind.UNAVAILABLE, "the connection broke: " + message, e, true)
        : failure(Kind.UNKNOWN, "the connection broke before the answer: " + message, e, false);
  }

  private Failure judgeReply(JedisDataException e) {
    String message = String.valueOf(e.getMessage());
    int space = message.indexOf(' ');
    String code = space < 0 ? message : message.substring(0, space);
    if (code.equals("NOAUTH")) {
      return failure(
          Kind.DENIED, "the server asks for a password: give the option 'password'", e, false);
    }
    if (DENIED.contains(code) || message.startsWith("ERR invalid password")) {
      return failure(Kind.DENIED, "the server says " + message, e, false);
    }
    if (code.equals("ERR")
        && message.contains("AUTH")
        && message.contains("without any password")) {
      return failure(
          Kind.DENIED, "there is a password but the server has none: " + message, e, false);
    }
    if (LATER.contains(code) || (code.equals("READONLY") && failsOver)) {
      return failure(Kind.UNAVAILABLE, "the server says " + message, e, true);
    }
    if (UNABLE.contains(code) || message.contains("max number of clients")) {
      return failure(Kind.UNAVAILABLE, "the server says " + message, e, false);
    }
    if (code.equals("WRONGTYPE")) {
      return failure(
          Kind.REFUSED,
          "in place of an entry there is something that is no string, put there by somebody else; put or remove the key",
          e,
          false);
    }
    if (e instanceof JedisRedirectionException) {
      return failure(
          Kind.REFUSED,
          "the server is a node of a Cluster: name it by the option 'cluster' (%s)"
              .formatted(message),
          e,
          false);
    }
    return failure(Kind.REFUSED, "the server refused the command: " + message, e, false);
  }

  private Failure failure(Kind kind, String message, Throwable e, boolean worthRepeating) {
    return new Failure(kind, redact(message), isShownBy(e) ? redacted(e) : e, worthRepeating);
  }

  /** Keeps the type that a caller goes by. */
  private Throwable redacted(Throwable e) {
    String message = redact(String.valueOf(e.getMessage()));
    return e instanceof JedisNoScriptException
        ? new JedisNoScriptException(message)
        : new IOException(message);
  }

  private String redact(String message) {
    return secret == null ? message : message.replace(secret, "***");
  }

  /** A server may repeat in an error what it was sent, and that may be the password. */
  private boolean isShownBy(Throwable e) {
    if (secret == null) {
      return false;
    }
    if (String.valueOf(e.getMessage()).contains(secret)
        || (e.getCause() != null && isShownBy(e.getCause()))) {
      return true;
    }
    for (Throwable suppressed : e.getSuppressed()) {
      if (isShownBy(suppressed)) {
        return true;
      }
    }
    return false;
  }

  /** What Jedis wrapped into an exception that says nothing by itself. */
  private static Throwable telling(Throwable e) {
    boolean wraps =
        e instanceof JedisClusterOperationException || e instanceof JedisBroadcastException;
    if (wraps && e.getCause() != null) {
      return telling(e.getCause());
    }
    if (wraps && e.getSuppressed().length > 0) {
      return telling(e.getSuppressed()[0]);
    }
    return e;
  }

  private static String describe(Throwable e) {
    StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
    Throwable cause = e;
    boolean tls = cause instanceof SSLException;
    while (cause.getCause() != null || cause.getSuppressed().length > 0) {
      cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
      String more = String.valueOf(cause.getMessage());
      if (text.indexOf(more) < 0) {
        text.append(": ").append(more);
      }
      tls |= cause instanceof SSLException;
    }
    if (tls) {
      text.append(" (is the server there by TLS, and is its certificate for this host?)");
    } else if (text.indexOf("Unknown reply") >= 0) {
      text.append(" (is that a Redis server, and without TLS?)");
    }
    return text.toString();
  }
}
