package io.jstorage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that cannot be loaded, each in its own way, beside one that can. */
class BrokenModulesTest {
  private static final String MAIN =
      """
      package app;
      import io.jstorage.provider.StorageProvider;
      import java.lang.module.ModuleFinder;
      import java.nio.file.Path;
      import java.util.Set;
      public class Main {
        public static void main(String[] args) {
          StorageProvider provider = args.length == 0 ? StorageProvider.load() : inLayer(Path.of(args[0]));
          System.out.println(provider.names());
          for (String name : new String[] {"acme.twice", "acme.bad"}) {
            try {
              provider.create(name);
            } catch (RuntimeException e) {
              System.out.println(e.getMessage().replace("; ", "\\n"));
            }
          }
        }
        private static StorageProvider inLayer(Path modules) {
          ModuleLayer boot = ModuleLayer.boot();
          var configuration =
              boot.configuration().resolveAndBind(ModuleFinder.of(), ModuleFinder.of(modules), Set.of());
          return StorageProvider.load(
              boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader()));
        }
      }
      """;

  @TempDir Path directory;
  private Path modules;
  private Path app;

  private Path module(String module, String storageName, String constructorBody, String... without)
      throws IOException {
    return Fixture.in(modules)
        .factory(module + ".Factory", storageName, constructorBody)
        .source(module + ".Part", "package %s; class Part {}".formatted(module))
        .source(
            "module-info",
            """
            module %s {
              requires io.jstorage;
              provides io.jstorage.spi.StorageFactory with %s.Factory;
            }
            """
                .formatted(module, module))
        .jar(module, Fixture.API, without);
  }

  @BeforeEach
  void aGoodModuleBesideBrokenOnes() throws IOException {
    app =
        Fixture.in(directory)
            .source("module-info", "module app { requires io.jstorage; }")
            .source("app.Main", MAIN)
            .jar("app", Fixture.API);
    modules = Files.createDirectory(directory.resolve("modules"));
    module("acme.good", "acme.good", "");
    module("acme.absent", "acme.bad", "", "acme.absent.Factory");
    module("acme.throwing", "acme.bad", "if (true) throw new RuntimeException(\"sorry\");");
    module("acme.needy", "acme.bad", "new Part();", "acme.needy.Part");
    Path newer = module("acme.newer", "acme.bad", "");
    Path classes = modules.resolve("acme.newer-build/classes");
    Fixture.age(classes, "acme.newer.Factory");
    Fixture.pack(classes, newer);
    module("acme.one", "acme.twice", "");
    module("acme.two", "acme.twice", "");
    Fixture.in(modules).service().jar("empty", Fixture.API);
  }

  private static List<String> linesOf(String modulePath, String... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-p", modulePath, "--add-modules", "ALL-MODULE-PATH", "-m", "app/app.Main"));
    all.addAll(List.of(arguments));
    return OtherJvm.outputOf(all);
  }

  private static void assertThatTheGoodOnesWorkAndTheOthersAreExplained(List<String> lines) {
    String all = String.join("\n", lines);
    assertThat(lines).first().isEqualTo("[acme.good, acme.twice]");
    assertThat(lines.get(1))
        .contains("there are 2 factories of the storage 'acme.twice', remove all but one")
        .contains("acme.one.jar", "acme.two.jar");
    assertThat(all).contains("there is no storage 'acme.bad'.", "Available: acme.good, acme.twice");
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("acme.absent.jar", "Provider acme.absent.Factory not found")
                    .contains(", replace or remove it"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("acme.throwing.jar", "RuntimeException: sorry")
                    .contains(", replace or remove it"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("acme.needy.jar", "acme.needy.Part")
                    .contains(", add the libraries that it needs"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("acme.newer.jar", "UnsupportedClassVersionError")
                    .contains(", use a newer Java or an older release of it"))
        .hasSize(6);
    assertThat(all).doesNotContain("empty.jar");
  }

  @Test
  void theOthersAreLoadedFromTheModulePath() throws Exception {
    assertThatTheGoodOnesWorkAndTheOthersAreExplained(
        linesOf(Fixture.path(Fixture.API, app, modules)));
  }

  @Test
  void theOthersAreLoadedFromALayerMadeAtRunTime() throws Exception {
    assertThatTheGoodOnesWorkAndTheOthersAreExplained(
        linesOf(Fixture.path(Fixture.API, app), modules.toString()));
  }

  @Test
  void aLayerExplainsWhatIsBrokenInItsParents() throws Exception {
    Path none = Files.createDirectory(directory.resolve("none"));
    assertThatTheGoodOnesWorkAndTheOthersAreExplained(
        linesOf(Fixture.path(Fixture.API, app, modules), none.toString()));
  }
}
