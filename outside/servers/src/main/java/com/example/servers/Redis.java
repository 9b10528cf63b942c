package com.example.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** A Redis server of this machine, out of a jar. */
record Redis(Process process, int port) implements AutoCloseable {
  static Redis start(Path directory) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = directory.resolve("redis.log");
    Process process =
        new ProcessBuilder(
                program(directory).toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Redis redis = new Redis(process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!redis.listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(Files.readString(log));
      }
      Thread.sleep(5);
    }
    return redis;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path program(Path directory) throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String resource = "/redis-server-7.0.15-%s-%s".formatted(system, processor);
    Path program = directory.resolve("redis-server");
    try (InputStream in = Redis.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), program);
    }
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
