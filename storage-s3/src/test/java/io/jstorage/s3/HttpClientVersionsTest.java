package io.jstorage.s3;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.OtherJvm;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parents like Spring Boot's choose other versions of the HTTP client than the SDK does. */
class HttpClientVersionsTest {
  /** The build copies the jars into a folder for each version. */
  private static final Path DIRECTORY = Path.of("target", "http-clients");

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  @ParameterizedTest
  @CsvSource({"oldest, 5.5.2, 5.3.6", "newest, 5.6.5, 5.4.3"})
  void eachKindOfRequestIsSentBy(String folder, String client, String core) throws Exception {
    URI endpoint = Objects.requireNonNull(bucket.server());
    List<String> printed =
        OtherJvm.outputOf(
            List.of(
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPathWith(DIRECTORY.resolve(folder)),
                RoundTrips.class.getName(),
                endpoint.toString(),
                bucket.bucket(),
                S3ProxyServer.ACCESS_KEY,
                S3ProxyServer.SECRET_KEY));
    assertThat(printed)
        .containsExactly("client5 " + client, "core5 " + core, "everything came back");
  }

  /** The class path of the tests with the jars of a folder in the place of ours. */
  private static String classPathWith(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      List<String> others = jars.map(jar -> jar.toAbsolutePath().toString()).toList();
      String[] ours = System.getProperty("java.class.path").split(File.pathSeparator, -1);
      return Stream.concat(
              others.stream(),
              Arrays.stream(ours)
                  .filter(
                      jar -> !new File(jar).getName().matches("http(client|core)5(-h2)?-\\d.*")))
          .collect(joining(File.pathSeparator));
    }
  }
}
