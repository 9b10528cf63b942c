package io.jstorage.redis.server;

import io.jstorage.redis.server.RedisConnection.ErrorReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server in a process of its own, with its own port and directory, on the loopback
 * interface. It ends with {@link #close()}, or else with this JVM. It is for one thread, that of
 * the test that owns it.
 */
public final class RedisServer implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int ATTEMPTS = 5;

  private final Builder settings;
  private final Path directory;
  private final Thread atExit = new Thread(this::kill, "redis-server-at-exit");
  private int port;
  private volatile @Nullable Process process;

  private RedisServer(Builder settings) throws IOException {
    this.settings = settings;
    this.directory = Files.createTempDirectory("jstorage-redis");
  }

  /** A server without password that writes nothing to disk. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a server with the default settings. */
  public static RedisServer start() {
    return builder().start();
  }

  /** The settings that a server is started with. */
  public static final class Builder {
    private final List<String> arguments = new ArrayList<>();
    private final List<String> login = new ArrayList<>();
    private @Nullable TestCertificate certificate;
    private @Nullable String sentinelConfiguration;

    private Builder() {}

    /** Further arguments, such as {@code "--maxmemory", "2mb"}. */
    public Builder with(String... further) {
      arguments.addAll(List.of(further));
      return this;
    }

    /** A password of the default user. */
    public Builder password(String password) {
      login.clear();
      login.add(password);
      return with("--requirepass", password);
    }

    /** A user beside the default one, with ACL rules such as {@code "~jstorage:*", "+@all"}. */
    public Builder user(String name, String password, String... rules) {
      with("--user", name, "on", ">" + password);
      return with(rules);
    }

    /**
     * Writes each change to a file before it is acknowledged, so that it outlives the server. It is
     * not synced: machines are not switched off here, and syncs of a slow disk take seconds.
     */
    public Builder durable() {
      return with("--appendonly", "yes", "--appendfsync", "no");
    }

    /** Speaks TLS and nothing else. */
    public Builder tls(TestCertificate identity) {
      this.certificate = identity;
      return with(
          "--tls-cert-file",
          identity.certificateFile().toString(),
          "--tls-key-file",
          identity.keyFile().toString(),
          "--tls-ca-cert-file",
          identity.authorityFile().toString(),
          "--tls-auth-clients",
          "no");
    }

    Builder sentinel(String configuration) {
      this.sentinelConfiguration = configuration;
      return this;
    }

    /** Starts the server and waits until it answers. */
    public RedisServer start() {
      try {
        RedisServer server = new RedisServer(this);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.startOnFreePort();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The directory with the server's files and its {@code log}. */
  public Path directory() {
    return directory;
  }

  /** Carries out one command on a connection of its own, as the default user. */
  public @Nullable Object call(String... command) {
    try (RedisConnection connection = connect()) {
      return connection.call(command);
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }

  /** The number of connections, without the one that asks for it. */
  public long clients() {
    return String.valueOf(call("CLIENT", "LIST")).lines().filter(line -> !line.isBlank()).count()
        - 1;
  }

  /** A connection of the default user. */
  public RedisConnection connect() throws IOException {
    RedisConnection connection =
        RedisConnection.to(
            port, settings.certificate == null ? null : settings.certificate.trustingContext());
    if (!settings.login.isEmpty()) {
      connection.call("AUTH", settings.login.get(0));
    }
    return connection;
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Stops the process where it is: it keeps its connections and does nothing. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets a suspended process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the server is not running");
    }
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("no process took the signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the process to end, as an operator does, and waits. */
  public void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      running.onExit().join();
      process = null;
    }
  }

  /**
   * Kills the server if it runs, starts it with the same port and files, and waits until it
   * answers.
   */
  public void restart(String... further) {
    launchAgain(further);
    await(true);
  }

  /** Does the same, but waits only until the server answers that it is loading its data. */
  public void restartLoading(String... further) {
    launchAgain(further);
    await(false);
  }

  private void launchAgain(String... further) {
    kill();
    try {
      launch(further);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startOnFreePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = Ports.free();
      launch();
      try {
        await(true);
        return;
      } catch (IllegalStateException e) {
        // Somebody else may have taken the port meanwhile.
        kill();
        if (attempt == ATTEMPTS) {
          close();
          throw e;
        }
      }
    }
  }

  private void launch(String... further) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(RedisBinary.path().toString());
    String sentinel = settings.sentinelConfiguration;
    if (sentinel != null) {
      Path file = directory.resolve("sentinel.conf");
      if (!Files.exists(file)) {
        Files.writeString(file, sentinel);
      }
      command.addAll(List.of(file.toString(), "--sentinel"));
    }
    boolean tls = settings.certificate != null;
    command.addAll(List.of(tls ? "--tls-port" : "--port", Integer.toString(port)));
    if (tls) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(List.of("--bind", host(), "--dir", directory.toString()));
    if (sentinel == null) {
      command.addAll(List.of("--save", ""));
    }
    command.addAll(settings.arguments);
    command.addAll(List.of(further));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
            .start();
  }

  private void await(boolean ready) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!answers(ready)) {
      Process running = process;
      if (running == null || !running.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the server does not answer:\n" + log());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private boolean answers(boolean ready) {
    try (RedisConnection connection = connect()) {
      return "PONG".equals(connection.call("PING"));
    } catch (ErrorReply e) {
      return !ready;
    } catch (IOException e) {
      return false;
    }
  }

  private Path logFile() {
    return directory.resolve("log");
  }

  private String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public String toString() {
    return host() + ":" + port;
  }
}
