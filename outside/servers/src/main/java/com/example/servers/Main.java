package com.example.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a command with servers to talk to: {@code {redis}} and {@code {s3}} in its arguments become
 * the URLs of servers that live as long as the command, and {@code {redis.process}} the number of
 * the process. The exit status is that of the command.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("servers");
    List<String> command = new ArrayList<>(Arrays.asList(args));
    int status;
    try (Redis redis = names(command, "{redis}") ? Redis.start(directory) : null;
        S3 s3 = names(command, "{s3}") ? S3.start() : null) {
      if (redis != null) {
        String process = Long.toString(redis.process().pid());
        command.replaceAll(argument -> argument.replace("{redis}", redis.url()));
        command.replaceAll(argument -> argument.replace("{redis.process}", process));
      }
      if (s3 != null) {
        command.replaceAll(argument -> argument.replace("{s3}", s3.url()));
      }
      status = new ProcessBuilder(command).inheritIO().start().waitFor();
    }
    try (var left = Files.newDirectoryStream(directory)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
    System.exit(status);
  }

  private static boolean names(List<String> command, String server) {
    return command.stream().anyMatch(argument -> argument.contains(server));
  }
}
