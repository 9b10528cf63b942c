#!/usr/bin/env bash
# The stream of an object throws an unchecked AbortedException from close() and available() when the
# thread's interrupt flag is set. InputStream names IOException only, and closing does not wait.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars software.amazon.awssdk:s3:2.56.0

seen=$(java_program jars <<'EOF'
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class Main {
  interface Step {
    void on(InputStream in) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 5);
      exchange.getResponseBody().write("hello".getBytes());
      exchange.close();
    });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (S3Client s3 = S3Client.builder().endpointOverride(address).region(Region.US_EAST_1)
        .forcePathStyle(true).credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build()) {
      System.out.printf("available: %s, close after all was read: %s%n",
          interrupted(s3, in -> {}, InputStream::available),
          interrupted(s3, InputStream::readAllBytes, InputStream::close));
    }
    System.exit(0);
  }

  static String interrupted(S3Client s3, Step before, Step step) throws Exception {
    InputStream in = s3.getObject(request -> request.bucket("bucket").key("key"));
    before.on(in);
    Thread.currentThread().interrupt();
    try {
      step.on(in);
      return "returns";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    } finally {
      Thread.interrupted();
    }
  }
}
EOF
) || exit

conclude "software.amazon.awssdk:s3 2.56.0" \
  "available: returns, close after all was read: returns" \
  "available: AbortedException, close after all was read: AbortedException" "$seen" || exit 1
