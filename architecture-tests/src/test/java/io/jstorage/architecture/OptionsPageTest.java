package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/options.md} agrees with the factories. */
class OptionsPageTest {
  @Test
  void thePageIsWhatTheFactoriesSay() throws IOException {
    OptionsPage page = new OptionsPage();
    page.text(
        """
        # Options

        This page is generated from the options that each storage, codec and transform declares. A program
        gets the same from `provider.describe(name)`. An option that takes an object cannot be given in a
        URL or a properties file. A storage of bytes also takes the options of its codec and transforms. An
        empty default means that there is none.
        """);
    StorageProvider provider = StorageProvider.load();
    for (StorageFactory each : factories(StorageFactory.class, StorageFactory::name)) {
      page.storage(provider.describe(each.name()), artifact(each));
    }
    for (CodecFactory each : factories(CodecFactory.class, CodecFactory::name)) {
      page.service("Codec", each.name(), artifact(each), each.options());
    }
    for (ByteTransformFactory each :
        factories(ByteTransformFactory.class, ByteTransformFactory::name)) {
      page.service("Transform", each.name(), artifact(each), each.options());
    }
    WrittenPage.assertUpToDate("docs/options.md", page.toString());
  }

  @Test
  void everyOptionIsDescribed() {
    StorageProvider provider = StorageProvider.load();
    assertThat(
            provider.names().stream().flatMap(name -> provider.describe(name).options().stream()))
        .allSatisfy(option -> assertThat(option.description()).as(option.name()).endsWith("."));
  }

  @Test
  void anOptionIsOneLineOfATable() {
    OptionsPage page = new OptionsPage();
    page.service(
        "Codec",
        "c",
        "acme",
        Set.of(
            Option.duration("c.age").withDefault(Duration.ofSeconds(90)),
            Option.text("c.key").describedAs("A | B.").withDefault("x").secret(),
            Option.texts("c.more").withDefault(List.of("a", "b")).describedAs("More."),
            Option.text("c.need").required()));
    assertThat(page.toString())
        .contains(", or a number of seconds, longer than zero | `90s` |  |\n")
        .contains("| `c.key` | text |  | A \\| B. Never shown. |\n")
        .contains("| `c.more` | texts with commas between them | `a,b` | More. |\n")
        .contains("| `c.need` | text | must be given |  |\n");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.00005S, PT0.00005S",
    "PT0.05S, 50ms",
    "PT1.5S, 1500ms",
    "PT90S, 90s",
    "PT1H, 1h",
    "PT1H0.05S, 3600050ms",
    "P2D, 48h"
  })
  void aDefaultDurationIsShownAsAUrlTakesIt(Duration duration, String shown) {
    OptionsPage page = new OptionsPage();
    Option<Duration> option = Option.duration("c.time").withDefault(duration);
    page.service("Codec", "c", "acme", Set.of(option));
    assertThat(page.toString()).contains(" | `" + shown + "` |  |\n");
    assertThat(StorageOptions.of("c.time", shown).get(option)).isEqualTo(duration);
  }

  private static <T> List<T> factories(Class<T> service, Function<T, String> name) {
    return ServiceLoader.load(service).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(name))
        .toList();
  }

  /** The part whose package is the longest beginning of the factory's. */
  private static String artifact(Object factory) {
    return Part.ALL.stream()
        .filter(part -> factory.getClass().getName().startsWith(part.type().getPackageName()))
        .max(Comparator.comparing(part -> part.type().getPackageName().length()))
        .orElseThrow()
        .artifact();
  }
}
