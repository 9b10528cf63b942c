package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A named module that requires the API only, with the jars of S3 on its module path. */
class ModulePathStoreTest {
  private static final String MAIN =
      """
      package app;

      import io.jstorage.Storage;
      import io.jstorage.provider.StorageProvider;

      public class Main {
        public static void main(String[] args) {
          try (Storage<String> storage = StorageProvider.load().open(args[0], String.class)) {
            storage.put("k", "v");
            System.out.println(storage.keys().toList() + " " + storage.require("k"));
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void theModuleRequiresAllThatItNeeds() throws Exception {
    String jars = Files.readString(Path.of("target", "run-time-jars.txt"));
    String modules =
        String.join(File.pathSeparator, locationOf(Storage.class), locationOf(S3Store.class), jars);
    Path app = compile(modules);
    try (S3ProxyServer server = S3ProxyServer.start();
        S3Client client =
            S3Clients.of(
                server.endpoint(),
                S3ProxyServer.REGION,
                S3ProxyServer.ACCESS_KEY,
                S3ProxyServer.SECRET_KEY)) {
      client.createBucket(bucket -> bucket.bucket("modules"));
      String url =
          "s3://modules/f/?codec=text&endpoint=%s&accessKey=%s&secretKey=%s"
              .formatted(server.endpoint(), S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY);
      Path output = directory.resolve("output");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-p",
                  app + File.pathSeparator + modules,
                  "-m",
                  "app/app.Main",
                  url)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exit = process.waitFor();
      assertThat(Files.readString(output, UTF_8)).contains("[k] v");
      assertThat(exit).isZero();
    }
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Path compile(String modules) throws IOException {
    Path info = directory.resolve("module-info.java");
    Path main = directory.resolve("Main.java");
    Path app = directory.resolve("app");
    Files.writeString(info, "module app { requires io.jstorage; }");
    Files.writeString(main, MAIN);
    List<String> arguments =
        Stream.of("-p", modules, "-d", app, info, main).map(Object::toString).toList();
    assertThat(
            Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    return app;
  }
}
