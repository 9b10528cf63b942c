package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process on the same directory, told what to do line by line. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader from;
  private final BufferedWriter to;

  private ChildJvm(Process process) {
    this.process = process;
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
  }

  static ChildJvm start(Class<?> main, Path directory) throws IOException {
    return start(main, directory, Map.of());
  }

  static ChildJvm start(Class<?> main, Path directory, Map<String, String> environment)
      throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), main, directory, environment);
  }

  /** Starts it through a program that is given the command to run. */
  static ChildJvm start(
      List<String> through,
      String classPath,
      Class<?> main,
      Path directory,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(through);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Warnings of the JVM would be heard as answers.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main.getName(), directory.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  long pid() {
    return process.pid();
  }

  void tell(String line) throws IOException {
    to.write(line);
    to.newLine();
    to.flush();
  }

  /** Waits for the next line; null when the child has ended. */
  @Nullable String hear() throws IOException {
    return from.readLine();
  }

  String ask(String line) throws IOException {
    tell(line);
    String answer = hear();
    if (answer == null) {
      throw new IOException("the child has ended");
    }
    return answer;
  }

  /** Stops the child as it is, with the locks that it holds, until it goes on or is killed. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets a child that was stopped go on. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -%s failed with %d".formatted(name, code));
    }
  }

  /** Kills the child; what it has said until then can still be heard. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  int await() throws IOException, InterruptedException {
    to.close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
