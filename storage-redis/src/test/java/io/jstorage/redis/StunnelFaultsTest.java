package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.Stunnel;
import io.jstorage.redis.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** TLS ends before the server, in stunnel, as with many managed services. */
class StunnelFaultsTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @Test
  void aServerBehindStunnelIsReachedAndFoundAgain(@TempDir Path directory) throws Exception {
    assumeTrue(Stunnel.isInstalled(), "stunnel is not installed");
    TestCertificate certificate = TestCertificate.create(subdirectory(directory), "dns:localhost");
    try (Stunnel stunnel = Stunnel.start(directory, certificate, REDIS.get().port());
        Storage<String> storage =
            Opened.patiently(
                Opened.at(stunnel.port())
                    .with("host", "localhost")
                    .with("ca", certificate.authorityFile())
                    .with("timeout", "2s"))) {
      Opened.patiently(() -> storage.put("k", "v".repeat(100_000)));
      assertThat(Opened.patiently(() -> storage.entry("k")).orElseThrow().value()).hasSize(100_000);
      assertThat(Opened.patiently(() -> storage.keys().toList())).containsExactly("k");
      stunnel.kill();
      assertThat(Opened.failure(() -> storage.get("k")))
          .isInstanceOf(StorageUnavailableException.class);
      stunnel.restart();
      assertThat(Opened.patiently(() -> storage.contains("k"))).isTrue();
      StorageException failure =
          Opened.failureToReach(Opened.at(stunnel.port()).with("ca", certificate.authorityFile()));
      assertThat(failure).hasMessageContaining("certificate for this host");
    }
  }

  private static Path subdirectory(Path directory) throws IOException {
    return Files.createDirectory(directory.resolve("certificate"));
  }
}
