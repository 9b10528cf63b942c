package io.jstorage.benchmarks.s3;

import io.jstorage.benchmarks.Probe;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.SlowLink;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The nanoseconds of sending 256 MiB to an S3 server by https, over a link that answers 20 ms later
 * and carries 50 MB a second and connection. The sender is a JVM of its own; that of a storage has
 * a heap of 64 MiB. The argument is a {@link Sender}, a slash, and {@code file} or {@code stream}.
 *
 * <p>Over http, the storage signs every body and the transfer manager none, so that a server would
 * do more work for the one than for the other.
 */
public final class Transfers implements Probe {
  static final String BUCKET = "transfers";
  static final int MIB = 256;
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final long BYTES_PER_SECOND = 50_000_000;
  private static final String PASSWORD = "password";

  @Override
  public double measure(String argument) throws Exception {
    String[] parts = argument.split("/", 2);
    Path directory = Scratch.make();
    Path keys = makeKeys(directory.resolve("keys.p12"));
    S3ProxyServer server = S3ProxyServer.startSecure(keys, PASSWORD);
    try (SlowLink link = SlowLink.start(server.endpoint(), DELAY, BYTES_PER_SECOND)) {
      System.setProperty("javax.net.ssl.trustStore", keys.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
      makeBucket(server.endpoint());
      Path file = parts[1].equals("file") ? fill(directory.resolve("file")) : directory;
      return Arrays.stream(run(parts[0], link.endpoint(), file, keys).strip().split("\\s+"))
          .mapToDouble(Double::parseDouble)
          .min()
          .orElseThrow();
    } finally {
      server.close();
      Scratch.delete(directory);
    }
  }

  /** Makes the key of the server, with a certificate for this machine. */
  private static Path makeKeys(Path keys) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool makes no key");
    }
    return keys;
  }

  private static void makeBucket(URI endpoint) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.of(S3ProxyServer.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)))
            .build()) {
      client.createBucket(bucket -> bucket.bucket(BUCKET));
    }
  }

  private static Path fill(Path file) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < MIB; i++) {
        out.write(block);
      }
    }
    return file;
  }

  private static String run(String sender, URI endpoint, Path file, Path keys)
      throws IOException, InterruptedException {
    boolean ours = !sender.equals(Sender.TRANSFER_MANAGER.name());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ours ? "-Xmx64m" : "-Xmx1g",
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Transfer.class.getName(),
                sender,
                endpoint.toString(),
                file.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a sender ended with an error: " + printed);
    }
    return printed;
  }
}
