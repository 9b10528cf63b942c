package com.example.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the application in its jar, asks it over HTTP as a user would, kills its Redis, and starts
 * that again. The arguments: the Java to start it with, the jar, the URL of the server and its
 * process.
 */
public final class Driver {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> command;
  private final int port;

  private Driver(String java, String jar, String redis) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    String server = redis.replace("redis:", "redis.json:") + "/?timeout=500ms&namespace=";
    this.command =
        List.of(
            java,
            // It ends before the second compiler pays off.
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar,
            "--server.port=" + port,
            "--jstorage.caches.books.url=" + server + "books",
            "--jstorage.caches.prices.url=" + server + "prices");
  }

  public static void main(String[] args) throws Exception {
    Driver driver = new Driver(args[0], args[1], args[2]);
    ProcessHandle redis = ProcessHandle.of(Long.parseLong(args[3])).orElseThrow();
    Process application = driver.start();
    try {
      driver.use();
      driver.watch();
    } finally {
      stop(application);
    }
    application = driver.start();
    Process again = null;
    try {
      System.out.println("the next start: " + driver.get("/books/Solaris"));
      String program = redis.info().command().orElseThrow();
      redis.destroyForcibly();
      redis.onExit().join();
      driver.loseRedis();
      String port = args[2].substring(args[2].lastIndexOf(':') + 1);
      again =
          new ProcessBuilder(program, "--port", port, "--bind", "127.0.0.1", "--save", "")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      driver.findRedis(again);
    } finally {
      stop(application);
      if (again != null) {
        again.destroyForcibly().onExit().join();
      }
    }
  }

  private Process start() throws Exception {
    Process application = new ProcessBuilder(command).inheritIO().start();
    while (!application.waitFor(50, TimeUnit.MILLISECONDS)) {
      try {
        send("GET", "/actuator/health");
        return application;
      } catch (IOException e) {
        // It does not listen yet.
      }
    }
    throw new IllegalStateException("the application ended with " + application.exitValue());
  }

  /** As an operator does: the application has time to answer and to close its storages. */
  private static void stop(Process application) throws InterruptedException {
    application.destroy();
    System.out.println("stopped: " + application.waitFor());
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
    var response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() == 200
        ? response.body()
        : response.statusCode() + (path.startsWith("/actuator") ? " " + response.body() : "");
  }

  private String get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private void use() throws Exception {
    System.out.println("found: " + get("/books/Dune"));
    System.out.println("cached: " + get("/books/Dune"));
    System.out.println("put: " + send("PUT", "/books/Dune?year=1966"));
    System.out.println("cached: " + get("/books/Dune"));
    send("DELETE", "/books/Dune");
    System.out.println("evicted: " + get("/books/Dune"));
    System.out.println("in sync: " + get("/prices/Dune") + " " + get("/prices/Dune"));
    System.out.println("for later: " + send("PUT", "/books/Solaris?year=1961"));
  }

  private void watch() throws Exception {
    System.out.println("/caches: " + names(get("/actuator/caches"), "\"(books|prices)\":\\{"));
    System.out.println("hits: " + metric("cache.gets?tag=cache:books&tag=result:hit"));
    System.out.println("misses: " + metric("cache.gets?tag=cache:books&tag=result:miss"));
    System.out.println("puts: " + metric("cache.puts?tag=cache:books"));
    System.out.println("loads: " + metric("cache.load?tag=cache:prices&tag=result:success"));
    System.out.println(
        "observed gets: " + metric("storage.operations?tag=storage:books&tag=operation:get"));
    System.out.println("/health: " + health());
  }

  private String metric(String name) throws Exception {
    String body = get("/actuator/metrics/" + name);
    Matcher value = Pattern.compile("\"(?:COUNT)\",\"value\":([0-9.]+)").matcher(body);
    return value.find() ? value.group(1) : body;
  }

  private static TreeSet<String> names(String body, String pattern) {
    TreeSet<String> names = new TreeSet<>();
    for (Matcher found = Pattern.compile(pattern).matcher(body); found.find(); ) {
      names.add(found.group(1));
    }
    return names;
  }

  private String health() throws Exception {
    String body = get("/actuator/health");
    Matcher whole = Pattern.compile("\"status\":\"([A-Z]+)\"}?$").matcher(body);
    Matcher ours =
        Pattern.compile("\"jstorage\":\\{\"details\":(\\{[^}]*\\}),\"status\":\"([A-Z]+)\"")
            .matcher(body);
    Matcher oursFirst =
        Pattern.compile("\"jstorage\":\\{\"status\":\"([A-Z]+)\",\"details\":(\\{[^}]*\\})")
            .matcher(body);
    if (oursFirst.find()) {
      return oursFirst.group(1) + " " + oursFirst.group(2);
    }
    return ours.find() ? ours.group(2) + " " + ours.group(1) : whole + body;
  }

  private void loseRedis() throws Exception {
    System.out.println("without Redis, on-failure=load: " + get("/books/Solaris"));
    System.out.println("without Redis, evict: " + send("DELETE", "/books/Solaris"));
    System.out.println("without Redis, on-failure=throw: " + get("/prices/Dune"));
    System.out.println("/health: " + health());
  }

  private void findRedis(Process redis) throws Exception {
    while (get("/actuator/health").startsWith("503")) {
      if (redis.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Redis ended with " + redis.exitValue());
      }
    }
    System.out.println("/health: " + health());
    System.out.println("with Redis again: " + get("/books/Kallocain"));
    System.out.println("cached: " + get("/books/Kallocain"));
    System.out.println("in sync: " + get("/prices/Dune") + " " + get("/prices/Dune"));
  }
}
