package io.jstorage.benchmarks;

import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.SlowLink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Sends 256 MiB to an S3 server by https, over a link that answers 20 ms later and carries 50 MB a
 * second and connection. The sender is a JVM of its own; that of a storage has a heap of 64 MiB.
 *
 * <p>Over http, the storage signs every body and the transfer manager none, so that a server would
 * do more work for the one than for the other.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class TransferBenchmark extends Once {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final long BYTES_PER_SECOND = 50_000_000;
  private static final String PASSWORD = "password";

  @Param("STORAGE")
  public Sender sender;

  private Path directory;
  private List<String> trust;
  private S3ProxyServer server;
  private SlowLink link;

  @Setup
  public void start() throws Exception {
    directory = Scratch.make();
    Path keys = makeKeys(directory.resolve("keys.p12"));
    server = S3ProxyServer.startSecure(keys, PASSWORD);
    link = SlowLink.start(server.endpoint(), DELAY, BYTES_PER_SECOND);
    System.setProperty("javax.net.ssl.trustStore", keys.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    trust =
        List.of(
            "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    try (S3Client client =
        S3Clients.of(
            server.endpoint(),
            S3ProxyServer.REGION,
            S3ProxyServer.ACCESS_KEY,
            S3ProxyServer.SECRET_KEY)) {
      client.createBucket(bucket -> bucket.bucket(Sender.BUCKET));
    }
  }

  @TearDown
  public void stop() throws Exception {
    link.close();
    server.close();
    Scratch.delete(directory);
  }

  /** Makes the key of the server, with a certificate for this machine. */
  private static Path makeKeys(Path keys) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 -storepass";
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of(PASSWORD, "-keystore", keys.toString()));
    Jvm.run(command);
    return keys;
  }

  @Benchmark
  public void file(Nanos figure) throws Exception {
    Path file = directory.resolve("file");
    try (InputStream bytes = new Payload()) {
      Files.copy(bytes, file);
    }
    figure.nanos = send(file);
    Files.delete(file);
  }

  @Benchmark
  public void stream(Nanos figure) throws Exception {
    figure.nanos = send(directory);
  }

  private double send(Path source) throws Exception {
    List<String> options = new ArrayList<>(trust);
    options.add(sender == Sender.TRANSFER_MANAGER ? "-Xmx1g" : "-Xmx64m");
    List<String> args = List.of(sender.name(), link.endpoint().toString(), source.toString());
    return Jvm.run(Jvm.command(options, Program.class.getName(), args)).stream()
        .mapToDouble(Double::parseDouble)
        .min()
        .orElseThrow();
  }

  /** Takes a sender, an endpoint, and a file, or a directory for a stream; prints nanoseconds. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Sender.valueOf(args[0]).run(java.net.URI.create(args[1]), Path.of(args[2]));
    }
  }
}
