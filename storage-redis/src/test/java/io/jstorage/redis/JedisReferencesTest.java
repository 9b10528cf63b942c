package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of Jedis is used that a supported version lacks, also where no test comes by. */
class JedisReferencesTest {
  private static final Path CLASSES = Path.of("target", "classes");

  static Stream<String> versions() {
    return JedisJars.supported().stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everythingThatIsUsedExistsIn(String version) throws IOException {
    Set<String> references = JedisReferences.in(CLASSES);
    assertThat(references).hasSizeGreaterThan(80);
    try (URLClassLoader loader = loaderOf(version)) {
      assertThat(JedisReferences.missing(references, loader)).isEmpty();
    }
  }

  /** The look itself is able to find something. */
  @Test
  void referencesThatAVersionLacksAreFound() throws IOException {
    String resp2 = "()Lredis/clients/jedis/DefaultJedisClientConfig$Builder;";
    List<String> later =
        List.of(
            "redis/clients/jedis/RedisClient",
            "redis/clients/jedis/DefaultJedisClientConfig$Builder resp2 " + resp2,
            "redis/clients/jedis/CommandArguments getKeyHashSlots ()Ljava/util/Set;");
    try (URLClassLoader oldest = loaderOf(JedisJars.supported().get(0))) {
      assertThat(JedisReferences.missing(later, oldest)).isEqualTo(later);
    }
    assertThat(JedisReferences.missing(later, getClass().getClassLoader())).isEmpty();
  }

  private static URLClassLoader loaderOf(String version) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : JedisJars.classPathWith(version).split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
