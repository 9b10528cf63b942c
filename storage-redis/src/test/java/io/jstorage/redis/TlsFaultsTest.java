package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.redis.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted, to the right machine, or not at all. */
class TlsFaultsTest {
  private static final String PASSWORD = "over-tls-only-17";

  @RegisterExtension
  static final ServerExtension<RedisServer> PLAIN = ServerExtension.of(RedisServer::start);

  private static TestCertificate certificate;
  private static RedisServer secure;
  private static TestCertificate impostorsAuthority;
  private static RedisServer impostor;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    certificate = TestCertificate.create(inside(directory, "right"), "dns:localhost,ip:127.0.0.1");
    TestCertificate wrong = TestCertificate.create(inside(directory, "wrong"), "dns:example.com");
    secure = RedisServer.builder().tls(certificate).password(PASSWORD).start();
    impostor = RedisServer.builder().tls(wrong).password(PASSWORD).start();
    impostorsAuthority = wrong;
  }

  private static Path inside(Path directory, String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  @AfterAll
  static void stop() throws IOException {
    secure.close();
    impostor.close();
  }

  private static StorageOptions options(RedisServer server, TestCertificate trusted) {
    return Opened.at(server.port())
        .with("password", PASSWORD)
        .with("ssl", trusted.trustingContext());
  }

  private static void assertWorks(StorageOptions options) {
    try (Storage<String> storage = Opened.with(options)) {
      storage.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aServerWhoseAuthorityIsTrustedIsReached() {
    assertWorks(options(secure, certificate));
    assertWorks(options(secure, certificate).with("host", "localhost"));
    assertWorks(
        Opened.at(secure.port())
            .with("password", PASSWORD)
            .with("ca", certificate.authorityFile()));
  }

  @Test
  void aUrlNamesTheAuthority() {
    String url =
        "rediss://:%s@localhost:%d/0?timeout=30s&ca=%s"
            .formatted(PASSWORD, secure.port(), certificate.authorityFile());
    try (Storage<String> storage = Opened.url(url)) {
      storage.put("k", "by url");
      assertThat(storage.get("k")).hasValue("by url");
    }
  }

  @Test
  void aServerWhoseAuthorityIsNotTrustedIsAFailure() {
    assertFails(
        Opened.at(secure.port())
            .with("password", PASSWORD)
            .with("tls", true)
            .with("timeout", "1s"));
    assertFails(options(secure, impostorsAuthority));
  }

  @Test
  void aCertificateForAnotherHostIsAFailure() {
    StorageException failure = assertFails(options(impostor, impostorsAuthority));
    assertThat(failure.toString().toLowerCase(Locale.ROOT)).contains("certificate");
    assertFails(
        Opened.at(impostor.port())
            .with("password", PASSWORD)
            .with("ca", impostorsAuthority.authorityFile()));
  }

  @Test
  void tlsAgainstAPlainPortIsAFailure() {
    assertFails(options(PLAIN.get(), certificate).with("timeout", "1s"));
  }

  @Test
  void plaintextAgainstATlsPortIsAFailure() {
    assertFails(Opened.at(secure.port()).with("timeout", "1s"));
    assertFails(Opened.at(secure.port()).with("password", PASSWORD).with("timeout", "1s"));
  }

  @Test
  void aTlsConnectionThatIsCutIsARightAnswerOrAFailure() {
    try (TcpProxy proxy = new TcpProxy(secure.port());
        Storage<String> storage =
            Opened.with(options(secure, certificate).with("port", proxy.port()))) {
      storage.put("k", "old");
      // The reply is nine bytes; a record of TLS 1.3 adds 22.
      for (int bytes = 0; bytes <= 31; bytes++) {
        proxy.cutAfter(bytes);
        assertThat(storage.get("k")).hasValue("old");
        assertThat(proxy.hasCut()).isTrue();
      }
      assertThat(storage.get("k")).hasValue("old");
      // After a pause of the machine a PING comes first, and its reply is cut.
      Polling.until("the reply to a write is cut", () -> isCut(storage, proxy));
      assertThat(storage.get("k")).hasValue("new");
    }
  }

  private static boolean isCut(Storage<String> storage, TcpProxy proxy) {
    proxy.cutAfter(0);
    Throwable failure = catchThrowable(() -> storage.put("k", "new"));
    assertThat(failure == null || ((StorageException) failure).outcomeUnknown()).isTrue();
    return failure != null;
  }

  private static StorageException assertFails(StorageOptions options) {
    StorageException failure = Opened.failureToReach(options);
    Secrets.assertHidden(failure, PASSWORD);
    assertThat(failure.outcomeUnknown()).isFalse();
    return failure;
  }
}
