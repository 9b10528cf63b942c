package io.jstorage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends that the thread's class loader sees, that of the library, both of them or neither. */
class ClassLoadersTest {
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** Says on which threads the provider finds which storages. */
  private static final String APPLICATION =
      """
      package app;
      import io.jstorage.provider.StorageProvider;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.stream.*;
      public class Main {
        private static String found() {
          ClassLoader context = Thread.currentThread().getContextClassLoader();
          String name = context == null ? "none"
              : context == Main.class.getClassLoader() ? "own"
              : context == ClassLoader.getSystemClassLoader() ? "system" : "other";
          return name + " " + StorageProvider.load().names();
        }
        public static List<String> call() throws Exception {
          Set<String> all = new TreeSet<>();
          all.add(found());
          // A thread that waits for a task of the pool itself may execute it.
          FutureTask<String> pooled = new FutureTask<>(Main::found);
          ForkJoinPool.commonPool().execute(pooled);
          all.add(pooled.get());
          all.addAll(IntStream.range(0, 100).parallel().mapToObj(i -> found()).toList());
          FutureTask<String> bare = new FutureTask<>(Main::found);
          Thread thread = new Thread(bare);
          thread.setContextClassLoader(null);
          thread.start();
          all.add(bare.get());
          return List.copyOf(all);
        }
      }
      """;

  @TempDir Path directory;

  private Path backend(String storageName) throws IOException {
    return Fixture.in(directory)
        .factory("acme.Factory", storageName, "")
        .service("acme.Factory")
        .jar(storageName, Fixture.API);
  }

  /** Its URL schemes tell the name of the class loader that loaded it. */
  private Path backendThatTellsItsLoader() throws IOException {
    return Fixture.in(directory)
        .factory("acme.Plain", "acme.plain", "")
        .source(
            "acme.Factory",
            """
            package acme;
            public class Factory extends Plain {
              public String name() { return "acme.loaded"; }
              public java.util.Set<String> schemes() {
                return java.util.Set.of("acme.by." + getClass().getClassLoader().getName());
              }
            }
            """)
        .service("acme.Factory")
        .jar("acme.loaded", Fixture.API);
  }

  private static StorageProvider loadWith(ClassLoader context) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      return StorageProvider.load();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void everyThreadOfAnApplicationWithALoaderOfItsOwnFindsTheSame() throws Exception {
    Path app = Fixture.in(directory).source("app.Main", APPLICATION).jar("app", Fixture.API);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader own =
        new URLClassLoader(ChildFirst.urls(Fixture.API, backend("acme.app"), app), PLATFORM)) {
      thread.setContextClassLoader(own);
      assertThat(own.loadClass("app.Main").getMethod("call").invoke(null))
          .isEqualTo(List.of("none [acme.app]", "own [acme.app]", "system [acme.app]"));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aContextLoaderThatSeesNoBackendHidesNone() throws Exception {
    try (URLClassLoader blind = new URLClassLoader(ChildFirst.urls(), PLATFORM)) {
      assertThatThrownBy(() -> loadWith(blind).describe("acme.none"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessage("there is no storage 'acme.none'. Available: none.");
      assertThat(loadWith(blind).register(new MapFactory("acme.map")))
          .satisfies(
              provider ->
                  assertThatThrownBy(
                          () -> provider.create("acme.map", StorageOptions.of("codec", "?")))
                      .hasMessageContaining("Available: bytes, text."));
    }
  }

  @Test
  void ofTwoCopiesOfABackendThatOfTheContextLoaderIsTaken() throws Exception {
    Path jar = backendThatTellsItsLoader();
    Path app =
        Fixture.in(directory)
            .source(
                "app.Main",
                """
                package app;
                public class Main {
                  public static Object call() {
                    var provider = io.jstorage.provider.StorageProvider.load();
                    return provider.names() + " " + provider.describe("acme.loaded").schemes();
                  }
                }
                """)
            .jar("app", Fixture.API);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader shared =
            new URLClassLoader("shared", ChildFirst.urls(Fixture.API, jar, app), PLATFORM);
        ChildFirst web = new ChildFirst("web", shared, jar)) {
      thread.setContextClassLoader(web);
      assertThat(shared.loadClass("app.Main").getMethod("call").invoke(null))
          .isEqualTo("[acme.loaded] [acme.by.web]");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void severalLoadersAreAskedInTheirOrder() throws Exception {
    Path jar = backendThatTellsItsLoader();
    ClassLoader own = StorageProvider.class.getClassLoader();
    try (URLClassLoader one = new URLClassLoader("one", ChildFirst.urls(jar), own);
        URLClassLoader two = new URLClassLoader("two", ChildFirst.urls(jar), own);
        URLClassLoader app = new URLClassLoader("app", ChildFirst.urls(backend("acme.app")), own)) {
      StorageProvider provider = StorageProvider.load(one, two, app, one);
      assertThat(provider.names()).containsExactly("acme.app", "acme.loaded");
      assertThat(provider.describe("acme.loaded").schemes()).containsExactly("acme.by.one");
    }
  }

  @Test
  void aContextLoaderWithAnApiOfItsOwnIsNamedAsTheCauseForItsBackendsAlone() throws Exception {
    try (ChildFirst web = new ChildFirst("web", PLATFORM, Fixture.API, backend("acme.web"))) {
      StorageProvider provider = loadWith(web).register(new MapFactory("acme.map"));
      assertThatThrownBy(() -> provider.create("acme.web"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "acme.web.jar: ",
              "acme.Factory not a subtype, as its class loader has a storage-api of its own");
      assertThatThrownBy(() -> provider.create("acme.map", StorageOptions.of("codec", "shout")))
          .describedAs("the API's codecs are in both, and those of one work")
          .hasMessageContaining("Available: bytes, text.")
          .hasMessageNotContaining("Could not be loaded");
    }
  }

  @Test
  void anArtifactWithoutItsServicesFilesIsNotToBeAdded() throws Exception {
    Path shaded =
        Fixture.in(directory)
            .source("io.jstorage.file.FileStore", "package io.jstorage.file; class FileStore {}")
            .jar("shaded", Fixture.API);
    try (URLClassLoader loader =
        new URLClassLoader(ChildFirst.urls(shaded), StorageProvider.class.getClassLoader())) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThatThrownBy(() -> provider.create("storage.json"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "io.jstorage:storage-file was found in file:", "shaded.jar,", "META-INF/services")
          .hasMessageNotContaining("Add ");
      assertThatThrownBy(() -> provider.open("json:x")).hasMessageContaining("shaded.jar,");
    }
  }

  @Test
  void anArtifactThatAnotherLoaderSeesIsNotToBeAdded() throws Exception {
    Path there =
        Fixture.in(directory)
            .source("io.jstorage.file.FileStore", "package io.jstorage.file; class FileStore {}")
            .jar("there", Fixture.API);
    StorageProvider elsewhere = StorageProvider.load(new ClassLoader(null) {});
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(ChildFirst.urls(there), PLATFORM)) {
      thread.setContextClassLoader(loader);
      assertThatThrownBy(() -> elsewhere.create("storage.json"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "io.jstorage:storage-file was found in file:",
              "there.jar, where this provider does not search",
              "StorageProvider.load()")
          .hasMessageNotContaining("Add ");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anArtifactThatCannotBeLoadedIsNotToBeAdded() throws Exception {
    Path needy =
        Fixture.in(directory)
            .source("io.jstorage.file.FileStore", "package io.jstorage.file; class FileStore {}")
            .factory("io.jstorage.file.internal.Factory", "storage.json", "new acme.Dependency();")
            .source("acme.Dependency", "package acme; public class Dependency {}")
            .service("io.jstorage.file.internal.Factory")
            .jar("needy", Fixture.API, "acme.Dependency");
    try (URLClassLoader loader =
        new URLClassLoader(ChildFirst.urls(needy), StorageProvider.class.getClassLoader())) {
      assertThatThrownBy(() -> StorageProvider.load(loader).create("storage.json"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "io.jstorage:storage-file was found and could not be loaded.",
              "Could not be loaded: ",
              "needy.jar: ",
              "acme.Dependency")
          .hasMessageNotContaining("Add ");
    }
  }
}
