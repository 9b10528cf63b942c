package io.jstorage.s3.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy in this JVM, its objects in memory. Its own conditional writes are not atomic: {@link
 * FaultProxy} makes them so.
 */
public final class S3ProxyServer implements AutoCloseable {
  public static final String ACCESS_KEY = "AKIDJSTORAGE";
  public static final String SECRET_KEY = "jstorage+very/secret=KEY";
  public static final String REGION = "us-east-1";

  /** Kept in a field, as java.util.logging forgets the level of a logger that nobody refers to. */
  private static final Logger LOG = Logger.getLogger("org.gaul");

  private final S3Proxy server;
  private final URI endpoint;
  private final BlobStore blobs;

  private S3ProxyServer(S3Proxy server, URI endpoint, BlobStore blobs) {
    this.server = server;
    this.endpoint = endpoint;
    this.blobs = blobs;
  }

  /** Starts a server that verifies signatures of version 4 by the keys of its only account. */
  public static S3ProxyServer start() {
    return start(AuthenticationType.AWS_V4);
  }

  /** Starts a server that lets everybody do everything. */
  public static S3ProxyServer startOpen() {
    return start(AuthenticationType.NONE);
  }

  /**
   * Starts a server of https that verifies signatures as well.
   *
   * @param keys a key store with the key and the certificate
   * @param password the password of the key store and of the key
   */
  public static S3ProxyServer startSecure(Path keys, String password) {
    return start(
        AuthenticationType.AWS_V4,
        builder ->
            builder
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(keys.toString(), password));
  }

  private static S3ProxyServer start(AuthenticationType authentication) {
    return start(authentication, builder -> builder.endpoint(URI.create("http://127.0.0.1:0")));
  }

  private static S3ProxyServer start(
      AuthenticationType authentication, UnaryOperator<S3Proxy.Builder> listening) {
    LOG.setLevel(Level.WARNING);
    BlobStore blobs = new FlatBlobStore(new TransientNio2BlobStore());
    S3Proxy.Builder builder =
        listening.apply(S3Proxy.builder().blobStore(blobs).ignoreUnknownHeaders(true));
    if (authentication != AuthenticationType.NONE) {
      builder.awsAuthentication(authentication, ACCESS_KEY, SECRET_KEY);
    }
    S3Proxy server = builder.build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
    int secure = server.getSecurePort();
    URI endpoint =
        URI.create(
            secure > 0 ? "https://127.0.0.1:" + secure : "http://127.0.0.1:" + server.getPort());
    return new S3ProxyServer(server, endpoint, blobs);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Makes a bucket, which does not exist yet. */
  public void createBucket(String name) {
    try (S3Client client = S3Clients.of(endpoint(), REGION, ACCESS_KEY, SECRET_KEY)) {
      client.createBucket(request -> request.bucket(name));
    }
  }

  /**
   * Deletes a bucket and its objects, which are held in memory. It stays if a request that is still
   * on its way writes to it.
   */
  public void deleteBucket(String name) {
    try {
      blobs.deleteContainer(name);
    } catch (RuntimeException e) {
      // Not empty again.
    }
  }

  /** Puts a proxy in front of it. */
  public FaultProxy proxy() {
    return FaultProxy.start(endpoint(), blobs::blobExists);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }
}
