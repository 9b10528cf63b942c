package io.jstorage.s3.server;

import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3Proxy in this JVM, its objects in memory. Its own conditional writes are not atomic: {@link
 * FaultProxy} makes them so.
 */
public final class S3ProxyServer implements AutoCloseable {
  public static final String ACCESS_KEY = "AKIDJSTORAGE";
  public static final String SECRET_KEY = "jstorage+very/secret=KEY";
  public static final String REGION = "us-east-1";

  /** It tells much; held here, or its level would be forgotten. */
  private static final Logger LOG = Logger.getLogger("org.gaul");

  private final S3Proxy server;
  private final BlobStore blobs;

  private S3ProxyServer(S3Proxy server, BlobStore blobs) {
    this.server = server;
    this.blobs = blobs;
  }

  /** Starts a server that verifies signatures of version 4, the one account's. */
  public static S3ProxyServer start() {
    return start(AuthenticationType.AWS_V4);
  }

  /** Starts a server that lets everybody do everything. */
  public static S3ProxyServer startOpen() {
    return start(AuthenticationType.NONE);
  }

  private static S3ProxyServer start(AuthenticationType authentication) {
    LOG.setLevel(Level.WARNING);
    BlobStore blobs = new FlatBlobStore(new TransientNio2BlobStore());
    S3Proxy.Builder builder =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true);
    if (authentication != AuthenticationType.NONE) {
      builder.awsAuthentication(authentication, ACCESS_KEY, SECRET_KEY);
    }
    S3Proxy server = builder.build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
    return new S3ProxyServer(server, blobs);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
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
