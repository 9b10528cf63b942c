package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adobe's S3Mock, in a JVM of its own because of all that it is made of. It takes keys that S3Proxy
 * does not, and any credentials.
 */
final class S3MockServer implements AutoCloseable {
  /** Put there by the build. */
  private static final Path JAR = Path.of("target", "servers", "s3mock.jar");

  private static final Pattern STARTED =
      Pattern.compile("Tomcat started on ports? .*?(\\d+) \\(http\\)");

  private final Process process;
  private final URI endpoint;

  private S3MockServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts a server, which takes seconds. */
  public static S3MockServer start() {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx256m",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-jar",
                      JAR.toString(),
                      "--server.port=0",
                      "--http.port=0"))
              .redirectErrorStream(true)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      BufferedReader log =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      int port = portIn(log);
      Thread drain = new Thread(() -> log.lines().forEach(line -> {}), "s3mock");
      drain.setDaemon(true);
      drain.start();
      return new S3MockServer(process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new IllegalStateException("S3Mock does not start; the build copies it to " + JAR, e);
    }
  }

  private static int portIn(BufferedReader log) throws IOException {
    StringBuilder seen = new StringBuilder();
    String line;
    while ((line = log.readLine()) != null) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IOException("it ended: " + seen);
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
