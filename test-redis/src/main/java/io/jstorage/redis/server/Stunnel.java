package io.jstorage.redis.server;

import io.jstorage.jvm.Polling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The program {@code stunnel}, which speaks TLS for a server that does not. */
public final class Stunnel implements AutoCloseable {
  private final Path configuration;
  private final Path log;
  private final int port;
  private @Nullable Process process;

  private Stunnel(Path directory, int port) {
    this.configuration = directory.resolve("stunnel.conf");
    this.log = directory.resolve("stunnel.log");
    this.port = port;
  }

  public static boolean isInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "stunnel")));
  }

  /** Starts it in front of a port of the loopback interface. */
  public static Stunnel start(Path directory, TestCertificate identity, int target)
      throws IOException {
    Stunnel stunnel = new Stunnel(directory, Ports.free());
    Files.writeString(
        stunnel.configuration,
        """
        foreground = yes
        pid =
        [redis]
        accept = 127.0.0.1:%d
        connect = 127.0.0.1:%d
        cert = %s
        key = %s
        """
            .formatted(stunnel.port, target, identity.certificateFile(), identity.keyFile()));
    stunnel.restart();
    return stunnel;
  }

  public int port() {
    return port;
  }

  /** Starts it again and waits until it listens. */
  public void restart() throws IOException {
    kill();
    process =
        new ProcessBuilder("stunnel", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Polling.until("stunnel listens", this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the process at once. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
