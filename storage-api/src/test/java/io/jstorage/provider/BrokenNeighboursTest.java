package io.jstorage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.UnknownStorageException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One good jar beside jars that cannot be loaded, each in its own way. */
class BrokenNeighboursTest {
  @TempDir Path directory;

  private Path good() throws IOException {
    return Fixture.in(directory)
        .factory("good.Factory", "acme.good", "")
        .service("good.Factory")
        .jar("good", Fixture.API);
  }

  private static URLClassLoader loaderOf(Path... jars) {
    URL[] urls =
        Arrays.stream(jars)
            .map(
                jar -> {
                  try {
                    return jar.toUri().toURL();
                  } catch (MalformedURLException e) {
                    throw new AssertionError(e);
                  }
                })
            .toArray(URL[]::new);
    return new URLClassLoader(urls, StorageProvider.class.getClassLoader());
  }

  private static void assertReported(Path broken, Path good, String... reason) throws IOException {
    try (URLClassLoader loader = loaderOf(broken, good)) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThat(provider.names()).contains("acme.good").doesNotContain("acme.bad");
      assertThatThrownBy(() -> provider.create("acme.bad"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "there is no storage 'acme.bad'", "acme.good", "Could not be loaded", "bad.jar")
          .hasMessageContainingAll(reason);
    }
  }

  @Test
  void aServicesFileThatNamesNoClass() throws IOException {
    Path bad = Fixture.in(directory).service("bad.Missing").jar("bad", Fixture.API);
    assertReported(bad, good(), "bad.Missing", ", replace or remove it");
  }

  @Test
  void aServicesFileThatNamesWhatIsNoName() throws IOException {
    Path odd = Fixture.in(directory).service("bad\\E(").jar("odd", Fixture.API);
    Path bad = Fixture.in(directory).service("bad.Missing").jar("bad", Fixture.API);
    try (URLClassLoader loader = loaderOf(odd, bad, good())) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThat(provider.names()).contains("acme.good");
      assertThatThrownBy(() -> provider.create("acme.bad"))
          .hasMessageContainingAll("odd.jar", "bad.jar: ", "bad.Missing");
    }
  }

  @Test
  void aDirectoryOfClassesIsNamedByItsServicesFile() throws IOException {
    Fixture.in(directory).service("bad.Missing").jar("bad", Fixture.API);
    Path classes = directory.resolve("bad-build").resolve("classes");
    try (URLClassLoader loader = loaderOf(classes)) {
      assertThatThrownBy(() -> StorageProvider.load(loader).create("acme.bad"))
          .hasMessageContaining("services/io.jstorage.spi.StorageFactory: java.util.");
    }
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    Path bad =
        Fixture.in(directory)
            .factory("bad.Factory", "acme.bad", "if (true) throw new RuntimeException(\"sorry\");")
            .service("bad.Factory")
            .jar("bad", Fixture.API);
    assertReported(bad, good(), "bad.Factory", "sorry", ", replace or remove it");
  }

  @Test
  void aClassCompiledForANewerJava() throws IOException {
    Path ok =
        Fixture.in(directory)
            .factory("bad.Factory", "acme.bad", "")
            .service("bad.Factory")
            .jar("ok", Fixture.API);
    assertThat(ok).exists();
    Path classes = directory.resolve("ok-build").resolve("classes");
    Fixture.age(classes, "bad.Factory");
    assertReported(
        Fixture.pack(classes, directory.resolve("bad.jar")),
        good(),
        "UnsupportedClassVersion",
        ", use a newer Java or an older release of it");
  }

  @Test
  void aMissingDependency() throws IOException {
    Path bad =
        Fixture.in(directory)
            .factory("bad.Factory", "acme.bad", "new bad.Dependency();")
            .source("bad.Dependency", "package bad; public class Dependency {}")
            .service("bad.Factory")
            .jar("bad", Fixture.API, "bad.Dependency");
    assertReported(
        bad, good(), "bad.Factory", "bad.Dependency", ", add the libraries that it needs");
  }

  @Test
  void aJarWhoseFactoryHasTheBeginningOfTheNameIsNotBlamed() throws IOException {
    Path similar =
        Fixture.in(directory)
            .factory("bad.Fac", "acme.similar", "")
            .service("bad.Fac")
            .jar("similar", Fixture.API);
    Path bad = Fixture.in(directory).service("bad.Factory").jar("bad", Fixture.API);
    try (URLClassLoader loader = loaderOf(similar, bad)) {
      assertThatThrownBy(() -> StorageProvider.load(loader).create("acme.bad"))
          .hasMessageContaining("bad.jar: ")
          .hasMessageNotContaining("similar.jar");
    }
  }

  @Test
  void anEmptyServicesFileIsNothingToReport() throws IOException {
    Path empty = Fixture.in(directory).service().jar("empty", Fixture.API);
    try (URLClassLoader loader = loaderOf(empty, good())) {
      assertThatThrownBy(() -> StorageProvider.load(loader).create("acme.bad"))
          .hasMessageNotContaining("Could not be loaded");
    }
  }

  @Test
  void twoJarsWithOneNameAreReportedWhenThatNameIsAskedForAndARegisteredOneSettlesIt()
      throws IOException {
    Path one =
        Fixture.in(directory)
            .factory("one.Factory", "acme.twice", "")
            .service("one.Factory")
            .jar("one", Fixture.API);
    Path two =
        Fixture.in(directory)
            .factory("two.Factory", "acme.twice", "")
            .service("two.Factory")
            .jar("two", Fixture.API);
    try (URLClassLoader loader = loaderOf(one, two, good())) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThat(provider.names()).contains("acme.good", "acme.twice");
      assertThatThrownBy(() -> provider.create("acme.twice"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll(
              "2 factories", "one.Factory", "one.jar", "two.Factory", "two.jar");
      assertThatThrownBy(() -> provider.open("acme.twice:"))
          .isInstanceOf(UnknownStorageException.class)
          .hasMessageContainingAll("one.jar", "two.jar");
      provider.register(new MapFactory("acme.twice")).register(new ShoutCodec());
      try (var storage = provider.create("acme.twice", String.class)) {
        storage.put("k", "v");
        assertThat(storage.get("k")).contains("v");
      }
    }
  }

  @Test
  void theSameJarTwiceIsOne() throws IOException {
    Path good = good();
    Path again =
        Fixture.pack(
            directory.resolve("good-build").resolve("classes"), directory.resolve("again.jar"));
    try (URLClassLoader loader = loaderOf(good, again)) {
      assertThat(StorageProvider.load(loader).describe("acme.good").name()).isEqualTo("acme.good");
    }
  }

  @Test
  void aLoaderThatCannotListItsFilesIsGivenUp() {
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          public java.util.Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("unplugged");
          }
        };
    StorageProvider provider = StorageProvider.load(broken);
    assertThat(provider.names()).isEmpty();
    assertThatThrownBy(() -> provider.create("acme.good")).hasMessageContaining("unplugged");
  }

  @Test
  void aServicesFileThatCannotBeRead() throws IOException {
    Path jar = directory.resolve("bad.jar");
    String comments =
        new Random(1).longs(3000).mapToObj(i -> "# " + i).collect(Collectors.joining("\n"));
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("META-INF/services/io.jstorage.spi.StorageFactory"));
      out.write(comments.getBytes(StandardCharsets.US_ASCII));
      out.closeEntry();
    }
    byte[] bytes = Files.readAllBytes(jar);
    Arrays.fill(bytes, 400, bytes.length - 400, (byte) -1);
    Files.write(jar, bytes);
    try (URLClassLoader loader = loaderOf(jar, good())) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThat(provider.names()).contains("acme.good");
      assertThatThrownBy(() -> provider.create("acme.bad"))
          .hasMessageContainingAll("Could not be loaded", "Error accessing configuration file");
    }
  }

  @Test
  void aFactoryThatFailsToTellItsSchemes() throws IOException {
    Path bad =
        Fixture.in(directory)
            .source(
                "bad.Factory",
                """
                package bad;
                public class Factory extends good.Factory {
                  public String name() { return "acme.bad"; }
                  public java.util.Set<String> schemes() { throw new RuntimeException("sorry"); }
                }
                """)
            .factory("good.Factory", "acme.good", "")
            .service("bad.Factory")
            .jar("bad", Fixture.API);
    assertReported(bad, good(), "bad.Factory", "sorry");
    try (URLClassLoader loader = loaderOf(bad, good())) {
      StorageProvider provider = StorageProvider.load(loader);
      assertThatThrownBy(() -> provider.open("acme.good:"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
