package com.example.hibernate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.tools.Server;

/** Starts a database and two processes, and lets these tell where they find what. */
public final class Main {
  /** A namespace for each region; the classes are those of Hibernate's entries and keys. */
  private static final String CONFIGURATION =
      """
      template = %s?namespace=app.{cache}&codec=serialized&serialized.allow=\
      org.hibernate.cache.internal.*,\
      org.hibernate.cache.spi.*,\
      org.hibernate.cache.spi.entry.*,\
      org.hibernate.cache.spi.support.*,\
      org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl
      """;

  private Main() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Path directory = Files.createTempDirectory("hibernate-jcache");
    Path configuration = directory.resolve("jcache.properties");
    Files.writeString(configuration, CONFIGURATION.formatted(args[0]));
    Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    String jdbc =
        "jdbc:h2:tcp://127.0.0.1:%d/mem:books;DB_CLOSE_DELAY=-1".formatted(database.getPort());
    try (Child a = new Child("A", jdbc, configuration);
        Child b = new Child("B", jdbc, configuration)) {
      System.out.println("-- second level");
      a.tell("store 1 Emma Austen");
      a.tell("store 2 Walden Thoreau");
      a.tell("find 1");
      b.tell("find 1");
      System.out.println("-- query cache");
      a.tell("by Austen");
      b.tell("by Austen");
      System.out.println("-- invalidation");
      b.tell("retitle 1 Persuasion");
      a.tell("find 1");
      b.tell("find 1");
      a.tell("by Austen");
      b.tell("by Austen");
      a.tell("store 3 Sanditon Austen");
      b.tell("by Austen");
      b.tell("ascribe 1 Anonymous");
      a.tell("find 1");
      b.tell("evict");
      a.tell("find 2");
      b.tell("find 2");
    } finally {
      database.stop();
      Files.delete(configuration);
      Files.delete(directory);
    }
  }

  /** A process that answers each line by one. */
  private static final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    Child(String name, String jdbc, Path configuration) throws IOException {
      this.name = name;
      this.process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      Worker.class.getName(),
                      jdbc,
                      configuration.toUri().toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      this.commands = new PrintWriter(process.outputWriter(), true);
      this.answers = process.inputReader();
      answers.readLine();
    }

    void tell(String command) throws IOException, InterruptedException {
      commands.println(command);
      System.out.println(name + " " + command + ": " + answers.readLine());
      // Hibernate compares times of changes and queries to the millisecond.
      Thread.sleep(20);
    }

    @Override
    public void close() {
      commands.close();
      process.onExit().join();
    }
  }
}
