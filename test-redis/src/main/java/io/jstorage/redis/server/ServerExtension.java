package io.jstorage.redis.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Keeps servers running for the tests of a class and of the classes nested in it: {@code
 * RegisterExtension static final ServerExtension<RedisServer> REDIS =
 * ServerExtension.of(RedisServer::start);}.
 *
 * @param <T> what is running
 */
public final class ServerExtension<T extends AutoCloseable> implements BeforeAllCallback {
  private final Supplier<? extends T> starter;
  private @Nullable T running;

  private ServerExtension(Supplier<? extends T> starter) {
    this.starter = starter;
  }

  public static <T extends AutoCloseable> ServerExtension<T> of(Supplier<? extends T> starter) {
    return new ServerExtension<>(starter);
  }

  /** The running object. */
  public T get() {
    T current = running;
    if (current == null) {
      throw new IllegalStateException("nothing is running outside of a test class");
    }
    return current;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // The store closes what it holds when the outermost class that uses it ends.
    context
        .getStore(Namespace.create(ServerExtension.class))
        .computeIfAbsent(this, key -> running = starter.get());
  }
}
