package io.jstorage.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each URL of the page on URLs means the options that stand beside it. */
class UrlsPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+:[^`]*)` \\| (`.*`) \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`=]+)=([^`]*)`");

  private static String page() throws IOException {
    return Files.readString(Repository.root().resolve("docs/urls.md"));
  }

  static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(page()).results();
  }

  private static List<StorageFactory> factoriesOf(String scheme) {
    return ServiceLoader.load(StorageFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.schemes().contains(scheme))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aUrlGivesTheOptionsBesideIt(MatchResult row) {
    StorageUrl url = StorageUrl.parse(row.group(1));
    assertThat(factoriesOf(url.scheme())).as(url.scheme()).hasSize(1);
    StorageFactory factory = factoriesOf(url.scheme()).get(0);
    Map<String, String> expected = new TreeMap<>();
    CODE.matcher(row.group(2)).results().forEach(o -> expected.put(o.group(1), o.group(2)));
    StorageOptions given = factory.fromUrl(url);
    assertThat(given.names()).isEqualTo(expected.keySet());
    for (String name : expected.keySet()) {
      Option<?> option = optionOf(factory, name);
      assertThat(given.get(option))
          .as(name)
          .isEqualTo(StorageOptions.of(name, requireNonNull(expected.get(name))).get(option));
    }
  }

  /** Those of codecs and transforms are compared as texts. */
  private static Option<?> optionOf(StorageFactory factory, String name) {
    return factory.options().stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseGet(() -> Option.text(name));
  }

  @Test
  void thePageHasManyOfThem() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(15);
  }
}
