package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.S3Store;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

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
  private static final String BUCKET = "transfers";
  private static final String PASSWORD = "password";
  private static final int TIMES = 3;

  /** A way to send. */
  public enum Sender {
    STORAGE,
    ONE_PART_AT_A_TIME,
    TRANSFER_MANAGER
  }

  @Param("STORAGE")
  public Sender sender;

  private Path directory;
  private S3ProxyServer server;
  private SlowLink link;

  @Setup
  public void start() throws Exception {
    directory = Scratch.make();
    String keys = directory.resolve("keys.p12").toString();
    String keytool =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1"
            + " -storepass %s -keystore %s".formatted(PASSWORD, keys);
    Jvm.linesOf(new ProcessBuilder(keytool.split(" ", -1)).start());
    server = S3ProxyServer.startSecure(Path.of(keys), PASSWORD);
    link = SlowLink.start(server.endpoint(), DELAY, BYTES_PER_SECOND);
    System.setProperty("javax.net.ssl.trustStore", keys);
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    try (S3Client client =
        S3Clients.of(
            server.endpoint(),
            S3ProxyServer.REGION,
            S3ProxyServer.ACCESS_KEY,
            S3ProxyServer.SECRET_KEY)) {
      client.createBucket(bucket -> bucket.bucket(BUCKET));
    }
  }

  @TearDown
  public void stop() throws Exception {
    link.close();
    server.close();
    Scratch.delete(directory);
  }

  @Benchmark
  public void file(Nanos score) throws Exception {
    Path file = directory.resolve("file");
    try (InputStream bytes = new Payload()) {
      Files.copy(bytes, file);
    }
    score.nanos = send(file);
    Files.delete(file);
  }

  @Benchmark
  public void stream(Nanos score) throws Exception {
    score.nanos = send(directory);
  }

  private double send(Path source) throws Exception {
    List<String> options =
        List.of(
            "-Djavax.net.ssl.trustStore=" + System.getProperty("javax.net.ssl.trustStore"),
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
            sender == Sender.TRANSFER_MANAGER ? "-Xmx1g" : "-Xmx64m");
    String[] args = {sender.name(), link.endpoint().toString(), source.toString()};
    return Jvm.run(options, Program.class.getName(), args).stream()
        .mapToDouble(Double::parseDouble)
        .min()
        .orElseThrow();
  }

  /**
   * Takes a sender, an endpoint, and a file, or a directory for a stream; sends a few times, and
   * prints the nanoseconds of each.
   */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Sender sender = Sender.valueOf(args[0]);
      URI endpoint = URI.create(args[1]);
      Path source = Path.of(args[2]);
      if (sender == Sender.TRANSFER_MANAGER) {
        sendByTransferManager(endpoint, source);
      } else {
        sendByStorage(endpoint, source, sender == Sender.STORAGE ? 16 : 1);
      }
    }

    private static void sendByStorage(URI endpoint, Path source, int parallelism) {
      try (Storage<byte[]> storage =
          S3Store.in(BUCKET)
              .endpoint(endpoint)
              .region(S3ProxyServer.REGION)
              .credentials(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
              .parallelism(parallelism)
              .storage(Codecs.bytes())) {
        time(
            key -> {
              if (Files.isRegularFile(source)) {
                storage.streams().orElseThrow().writeFile(key, source);
              } else {
                storage.streams().orElseThrow().write(key, new Payload());
              }
            });
      }
    }

    private static void sendByTransferManager(URI endpoint, Path source) {
      ExecutorService reader = Executors.newSingleThreadExecutor();
      AwsBasicCredentials keys =
          AwsBasicCredentials.create(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY);
      try (S3AsyncClient client =
              S3AsyncClient.builder()
                  .multipartEnabled(true)
                  .endpointOverride(endpoint)
                  .forcePathStyle(true)
                  .region(Region.of(S3ProxyServer.REGION))
                  .credentialsProvider(StaticCredentialsProvider.create(keys))
                  .build();
          S3TransferManager manager = S3TransferManager.builder().s3Client(client).build()) {
        time(
            name -> {
              Consumer<PutObjectRequest.Builder> put = request -> request.bucket(BUCKET).key(name);
              if (Files.isRegularFile(source)) {
                manager
                    .uploadFile(upload -> upload.source(source).putObjectRequest(put))
                    .completionFuture()
                    .join();
                return;
              }
              // Of a length that is not told, as that of a storage.
              AsyncRequestBody body =
                  AsyncRequestBody.fromInputStream(
                      stream -> stream.inputStream(new Payload()).executor(reader));
              manager
                  .upload(upload -> upload.requestBody(body).putObjectRequest(put))
                  .completionFuture()
                  .join();
            });
      } finally {
        reader.shutdown();
      }
    }

    private static void time(Consumer<String> transfer) {
      for (int i = 0; i < TIMES; i++) {
        long begun = System.nanoTime();
        transfer.accept("object" + i);
        System.out.println(System.nanoTime() - begun);
      }
    }
  }

  /** A stream of 256 MiB that costs little to read. */
  private static final class Payload extends InputStream {
    private final byte[] block = new byte[1 << 20];
    private long left = 256L << 20;

    Payload() {
      new Random(1).nextBytes(block);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
      if (left == 0 && wanted > 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(wanted, left), block.length);
      System.arraycopy(block, 0, target, offset, count);
      left -= count;
      return count;
    }
  }
}
