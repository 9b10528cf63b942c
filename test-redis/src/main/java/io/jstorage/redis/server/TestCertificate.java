package io.jstorage.redis.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for one host name, signed by an authority that was made for it and that nobody else
 * trusts. Made by the {@code keytool} of the running JDK.
 */
public final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;
  private final KeyStore trust;

  private TestCertificate(Path directory, KeyStore trust) {
    this.directory = directory;
    this.trust = trust;
  }

  /**
   * Makes a certificate in a directory.
   *
   * @param names the subject's names, such as {@code dns:localhost,ip:127.0.0.1}
   */
  public static TestCertificate create(Path directory, String names) {
    try {
      Path store = directory.resolve("keys.p12");
      keytool(store, "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
      keytool(
          store,
          "-alias",
          "server",
          "-signer",
          "ca",
          "-dname",
          "CN=Test server",
          "-ext",
          "san=" + names);
      KeyStore keys = load(store);
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", keys.getCertificate("ca"));
      TestCertificate certificate = new TestCertificate(directory, trust);
      Key key = keys.getKey("server", PASSWORD);
      writePem(certificate.keyFile(), "PRIVATE KEY", List.of(key.getEncoded()));
      writePem(
          certificate.certificateFile(),
          "CERTIFICATE",
          Stream.of(keys.getCertificateChain("server")).map(TestCertificate::encoded).toList());
      writePem(
          certificate.authorityFile(), "CERTIFICATE", List.of(encoded(keys.getCertificate("ca"))));
      return certificate;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    Stream<String> program =
        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")).map(Path::toString);
    Stream<String> always =
        Stream.of(
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            String.valueOf(PASSWORD));
    Process keytool =
        new ProcessBuilder(
                Stream.of(program, always, Stream.of(arguments)).flatMap(s -> s).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writePem(Path file, String label, List<byte[]> contents) throws IOException {
    StringBuilder pem = new StringBuilder();
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    for (byte[] content : contents) {
      pem.append("-----BEGIN %s-----\n".formatted(label));
      pem.append(encoder.encodeToString(content));
      pem.append("\n-----END %s-----\n".formatted(label));
    }
    Files.writeString(file, pem, US_ASCII);
  }

  Path keyFile() {
    return directory.resolve("server.key");
  }

  Path certificateFile() {
    return directory.resolve("server.crt");
  }

  /** A PEM file with the authority alone. */
  public Path authorityFile() {
    return directory.resolve("ca.crt");
  }

  /** A context that trusts the authority and nobody else. */
  public SSLContext trustingContext() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
