package io.jstorage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.OtherJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider as a named module, in a JVM of its own. */
class ModulePathTest {
  @TempDir Path directory;

  private Path backend(String module, String storageName) throws IOException {
    return Fixture.in(directory)
        .factory(module + ".Factory", storageName, "")
        .source(
            "module-info",
            """
            module %s {
              requires io.jstorage;
              provides io.jstorage.spi.StorageFactory with %s.Factory;
            }
            """
                .formatted(module, module))
        .jar(module, Fixture.API);
  }

  /** Its provider() method promises a factory, and not of which class. */
  private Path plugin(String module, String storageName) throws IOException {
    return Fixture.in(directory)
        .factory(module + ".Factory", storageName, "")
        .source(
            module + ".Plugin",
            """
            package %s;
            public class Plugin {
              public static io.jstorage.spi.StorageFactory provider() { return new Factory(); }
            }
            """
                .formatted(module))
        .source(
            "module-info",
            """
            module %s {
              requires io.jstorage;
              provides io.jstorage.spi.StorageFactory with %s.Plugin;
            }
            """
                .formatted(module, module))
        .jar(module, Fixture.API);
  }

  @Test
  void backendsAreFoundOnTheModulePathAndInALayerMadeAtRunTime() throws Exception {
    Path boot = backend("acme.boot", "acme.boot");
    Path one = plugin("acme.one", "acme.one");
    Path two = plugin("acme.two", "acme.two");
    Path plugin = backend("acme.plugin", "acme.plugin");
    Path app =
        Fixture.in(directory)
            .source("module-info", "module app { requires io.jstorage; }")
            .source(
                "app.Main",
                """
                package app;
                import io.jstorage.provider.StorageProvider;
                import java.lang.module.ModuleFinder;
                import java.net.*;
                import java.nio.file.Path;
                import java.util.Set;
                public class Main {
                  public static void main(String[] args) {
                    System.out.println(StorageProvider.load().names());
                    Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
                    System.out.println(StorageProvider.load().describe("acme.one").name());
                    ModuleLayer parent = ModuleLayer.boot();
                    var configuration =
                        parent.configuration().resolveAndBind(
                            ModuleFinder.of(Path.of(args[0])), ModuleFinder.of(), Set.of("acme.plugin"));
                    ModuleLayer layer =
                        parent.defineModulesWithOneLoader(
                            configuration, ClassLoader.getSystemClassLoader());
                    System.out.println(StorageProvider.load(layer).names());
                  }
                }
                """)
            .jar("app", Fixture.API);
    List<String> lines =
        OtherJvm.outputOf(
            List.of(
                "-p",
                Fixture.path(Fixture.API, boot, one, two, app),
                "-m",
                "app/app.Main",
                plugin.toString()));
    assertThat(lines)
        .containsExactly(
            "[acme.boot, acme.one, acme.two]",
            "acme.one",
            "[acme.boot, acme.one, acme.plugin, acme.two]");
  }
}
