package io.jstorage.redis;

import io.jstorage.redis.Failure.Kind;
import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Classifies failures of Jedis by their meaning for the command, and redacts passwords. */
final class FailureClassifier {
  /** Errors of a server that will reply later. */
  private static final Set<String> LATER =
      Set.of("LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN");

  /** Errors of a server that its operator has to repair first. */
  private static final Set<String> UNABLE =
      Set.of("OOM", "MISCONF", "READONLY", "NOREPLICAS", "NOTREADY", "UNKILLABLE");

  /** Before the reason of an error of EXEC. */
  private static final String ABORTED = "EXECABORT Transaction discarded because of: ";

  private static final Set<String> DENIED = Set.of("WRONGPASS", "NOPERM", "DENIED");

  private final Passwords passwords;
  private final boolean failsOver;

  /**
   * @param passwords what no message may show
   * @param failsOver whether another server may take the place of a master
   */
  FailureClassifier(Passwords passwords, boolean failsOver) {
    this.passwords = passwords;
    this.failsOver = failsOver;
  }

  /**
   * Returns the meaning of a failure for a command. The outcome of a command is unknown if it was
   * sent, its reply was lost, and it must not be carried out twice.
   *
   * @param e the exception that Jedis threw
   * @param sent whether the command can have reached the server
   * @param repeatable whether it does no harm to carry it out twice
   */
  Failure classify(RuntimeException e, boolean sent, boolean repeatable) {
    Throwable telling = telling(e);
    if (telling instanceof JedisDataException reply) {
      return classifyReply(reply);
    }
    String message = describe(telling, !sent);
    if (!sent) {
      return failure(Kind.UNAVAILABLE, "no connection: " + message, e, true);
    }
    return repeatable
        ? failure(Kind.UNAVAILABLE, "the connection broke: " + message, e, true)
        : failure(
            Kind.UNKNOWN,
            "the connection broke before the reply, so the command may have been carried out: "
                + message,
            e,
            false);
  }

  private Failure classifyReply(JedisDataException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(ABORTED)) {
      message = message.substring(ABORTED.length());
    }
    int space = message.indexOf(' ');
    String code = space < 0 ? message : message.substring(0, space);
    if (code.equals("NOAUTH")) {
      return failure(
          Kind.DENIED, "the server asks for a password: give the option 'password'", e, false);
    }
    if (isDenial(code, message)) {
      return failure(Kind.DENIED, "the server says " + message, e, false);
    }
    if (code.equals("ERR")
        && message.contains("AUTH")
        && message.contains("without any password")) {
      return failure(
          Kind.DENIED, "the server has no password, but one was given: " + message, e, false);
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
          "another program has put something under this name that is not a string; put or remove the key",
          e,
          false);
    }
    if (isUnknownCommand(message)) {
      return failure(
          Kind.REFUSED,
          "the server lacks a command: Redis 7.0 or later, or Valkey, is needed (%s)"
              .formatted(message),
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

  /** Within a script a denial has another code: in 7.0 the first text, later the second. */
  private static boolean isDenial(String code, String message) {
    return DENIED.contains(code)
        || message.startsWith("ERR invalid password")
        || message.startsWith("ERR The user executing the script can't")
        || message.contains("ACL failure in script");
  }

  /** As Redis says it to a client, and to a script in 7.0 and before. */
  static boolean isUnknownCommand(String message) {
    return message.startsWith("ERR unknown command") || message.contains("nknown Redis command");
  }

  private Failure failure(Kind kind, String message, Throwable e, boolean worthRepeating) {
    // A server may repeat in an error what it was sent, and that may be the password.
    Throwable cause = passwords.areShownBy(e) ? redacted(e) : e;
    return new Failure(kind, passwords.redact(message), cause, worthRepeating);
  }

  /** Keeps the type that a caller goes by. */
  private Throwable redacted(Throwable e) {
    String message = passwords.redact(String.valueOf(e.getMessage()));
    return e instanceof JedisNoScriptException
        ? new JedisNoScriptException(message)
        : new IOException(message);
  }

  /** Returns the exception that Jedis wrapped into one that says nothing by itself. */
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

  /**
   * Returns the messages of an exception and its causes, with a hint.
   *
   * @param opening whether the connection was being opened, so that the server may be another one
   *     than was meant
   */
  private static String describe(Throwable e, boolean opening) {
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
    boolean ended = text.indexOf("Unexpected end of stream") >= 0;
    if (!opening) {
      text.append(ended ? " (the server closed the connection)" : "");
    } else if (tls) {
      text.append(" (does the server speak TLS, and is its certificate for this host?)");
    } else if (text.indexOf("Unknown reply") >= 0) {
      text.append(" (is that a Redis server, and without TLS?)");
    } else if (ended) {
      text.append(" (the server closed the connection: is that a Redis server, and without TLS?)");
    }
    return text.toString();
  }
}
