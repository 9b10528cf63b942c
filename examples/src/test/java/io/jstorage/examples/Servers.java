package io.jstorage.examples;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A Redis and an S3 server of this machine, in place of those that the README speaks of. */
final class Servers implements AutoCloseable {
  private static final String BUCKET = "my-bucket";
  private static final String ACCESS_KEY = "reader";
  private static final String SECRET_KEY = "of-the-manual";

  private final int redisPort;
  private final Process redis;
  private final S3Proxy s3;

  private Servers(int redisPort, Process redis, S3Proxy s3) {
    this.redisPort = redisPort;
    this.redis = redis;
    this.s3 = s3;
  }

  static Servers start(Path directory) throws Exception {
    TransientNio2BlobStore blobs = new TransientNio2BlobStore();
    blobs.createContainer(BUCKET);
    S3Proxy s3 =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    s3.start();
    int port = freePort();
    return new Servers(port, startRedis(directory, port), s3);
  }

  /** Names these servers where a text names those that every reader has. */
  String inPlaceOf(String text) {
    return text.replace("//localhost:6379", "//127.0.0.1:" + redisPort)
        .replace("s3://my-bucket/some/folder/?region=eu-west-1", s3Url("some/folder/"));
  }

  String redisUrl() {
    return "redis://127.0.0.1:" + redisPort;
  }

  String s3Url(String folder) {
    return "s3://%s/%s?endpoint=http://127.0.0.1:%d&accessKey=%s&secretKey=%s"
        .formatted(BUCKET, folder, s3.getPort(), ACCESS_KEY, SECRET_KEY);
  }

  @Override
  public void close() {
    redis.destroyForcibly().onExit().join();
    try {
      s3.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts the program that {@code jstorage.redis.server} names, or that of the class path. */
  private static Process startRedis(Path directory, int port) throws Exception {
    String own = System.getProperty("jstorage.redis.server", "");
    Path program = own.isEmpty() ? copyOfRedis(directory) : Path.of(own);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(Files.readString(directory.resolve("redis.log")));
      }
      Thread.sleep(5);
    }
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path copyOfRedis(Path directory) throws IOException {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String resource = "/redis-server-7.0.15-%s-%s".formatted(system, processor);
    Path copy = directory.resolve("redis-server");
    try (InputStream in = Servers.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), copy);
    }
    return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
  }
}
