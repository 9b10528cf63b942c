package com.example.servers;

import java.net.URI;
import java.util.logging.LogManager;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server in this JVM, with one bucket. */
record S3(S3Proxy proxy) implements AutoCloseable {
  private static final String BUCKET = "my-bucket";
  private static final String ACCESS_KEY = "reader";
  private static final String SECRET_KEY = "of-the-manual";

  static S3 start() throws Exception {
    LogManager.getLogManager().reset(); // Only the command's output is printed.
    TransientNio2BlobStore blobs = new TransientNio2BlobStore();
    blobs.createContainer(BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    proxy.start();
    return new S3(proxy);
  }

  String url() {
    return "s3://%s/folder/?endpoint=http://127.0.0.1:%d&accessKey=%s&secretKey=%s"
        .formatted(BUCKET, proxy.getPort(), ACCESS_KEY, SECRET_KEY);
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
