package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Build tools choose other versions of Jedis than ours: child JVMs run with them. */
@Timeout(300)
class JedisVersionsTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @RegisterExtension
  static final ServerExtension<RedisCluster> CLUSTER = ServerExtension.of(RedisCluster::start);

  @RegisterExtension
  static final ServerExtension<RedisSentinels> SENTINELS =
      ServerExtension.of(() -> RedisSentinels.start(1));

  private static TestCertificate certificate;
  private static RedisServer secure;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    certificate =
        TestCertificate.create(Files.createDirectory(directory.resolve("tls")), "dns:localhost");
    secure = RedisServer.builder().tls(certificate).start();
  }

  @AfterAll
  static void stop() throws IOException {
    secure.close();
  }

  static Stream<String> versions() {
    return JedisJars.supported().stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyKindOfServerIsUsedWith(String version) throws Exception {
    REDIS.get().call("FLUSHALL");
    Output output =
        run(
            version,
            JedisProgram.class,
            Integer.toString(REDIS.get().port()),
            Integer.toString(secure.port()),
            certificate.authorityFile().toString(),
            String.join(",", SENTINELS.get().addresses()),
            String.join(",", CLUSTER.get().addresses()));
    assertThat(output.lines())
        .containsExactly(
            "Jedis " + version,
            "one server works",
            "TLS works",
            "TLS to a host that the certificate does not name is refused",
            "Sentinels work",
            "a Cluster works",
            "a borrowed client of one server works",
            "a borrowed client of Sentinels works",
            "a borrowed client of a Cluster works");
    assertThat(output.status()).isZero();
  }

  @Test
  void aVersionThatIsTooOldIsNamedTogetherWithTheOneThatIsNeeded() throws Exception {
    String outdated = JedisJars.outdated();
    for (String way : List.of("name", "builder")) {
      Output output = run(outdated, OutdatedProgram.class, way);
      assertThat(output.lines()).as(way).hasSize(1);
      assertThat(output.lines().get(0))
          .startsWith("IllegalStateException: ")
          .contains("redis.clients:jedis", "finds version " + outdated, "6.0.0 or later");
    }
  }

  private record Output(List<String> lines, int status) {}

  private static Output run(String version, Class<?> program, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JedisJars.classPathWith(version),
                program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      return new Output(lines, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }
}
