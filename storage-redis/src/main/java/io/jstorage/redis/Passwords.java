package io.jstorage.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.RedisCredentialsProvider;
import redis.clients.jedis.exceptions.JedisException;

/** The passwords that no message may show: those of the options, and the latest of a provider. */
final class Passwords {
  /** Connections that are made at the same time may be given different passwords. */
  private static final int LATEST = 4;

  private final List<String> fixed = new ArrayList<>();
  private final Deque<String> provided = new ArrayDeque<>();

  Passwords(List<String> fixed) {
    fixed.stream().filter(password -> !password.isEmpty()).forEach(this.fixed::add);
  }

  /** Returns the provider, whose passwords are recorded when they are requested. */
  RedisCredentialsProvider noting(RedisCredentialsProvider provider) {
    return new RedisCredentialsProvider() {
      @Override
      public void prepare() {
        provider.prepare();
      }

      @Override
      public RedisCredentials get() {
        RedisCredentials credentials = provider.get();
        if (credentials == null) {
          throw new JedisException("the option 'credentials' provided no credentials");
        }
        note(credentials.getPassword());
        return credentials;
      }

      @Override
      public void cleanUp() {
        provider.cleanUp();
      }
    };
  }

  private void note(char @Nullable [] password) {
    if (password == null || password.length == 0) {
      return;
    }
    String text = new String(password);
    synchronized (provided) {
      if (!provided.contains(text)) {
        provided.addFirst(text);
      }
      if (provided.size() > LATEST) {
        provided.removeLast();
      }
    }
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(fixed);
    synchronized (provided) {
      all.addAll(provided);
    }
    return all;
  }

  /** Returns whether an exception, a cause or a suppressed one shows a password. */
  boolean areShownBy(Throwable e) {
    List<String> all = all();
    return !all.isEmpty() && areShownBy(e, all);
  }

  private static boolean areShownBy(Throwable e, List<String> all) {
    String message = String.valueOf(e.getMessage());
    if (all.stream().anyMatch(message::contains)
        || (e.getCause() != null && areShownBy(e.getCause(), all))) {
      return true;
    }
    for (Throwable suppressed : e.getSuppressed()) {
      if (areShownBy(suppressed, all)) {
        return true;
      }
    }
    return false;
  }

  String redact(String message) {
    String redacted = message;
    for (String password : all()) {
      redacted = redacted.replace(password, "***");
    }
    return redacted;
  }
}
