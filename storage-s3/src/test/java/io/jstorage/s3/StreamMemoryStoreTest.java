package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A value much longer than the memory goes in and out as a stream: 64 MiB in a heap of 32 MiB. With
 * {@code -Djstorage.s3.full=true} it is 1 GiB in 64 MiB.
 */
class StreamMemoryStoreTest {
  private static final boolean FULL = Boolean.getBoolean("jstorage.s3.full");

  @TempDir Path directory;

  private S3Proxy server;

  @BeforeEach
  void start() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V4, S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aStreamThatIsLongerThanTheHeapGoesInAndOut() throws IOException, InterruptedException {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
    try (S3Client client =
        S3Clients.of(
            endpoint, S3ProxyServer.REGION, S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)) {
      client.createBucket(bucket -> bucket.bucket("long"));
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                FULL ? "-Xmx64m" : "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Streamer.class.getName(),
                endpoint.toString(),
                "long",
                S3ProxyServer.ACCESS_KEY,
                S3ProxyServer.SECRET_KEY,
                String.valueOf(FULL ? 1L << 30 : 64L << 20))
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo("came back\n");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
