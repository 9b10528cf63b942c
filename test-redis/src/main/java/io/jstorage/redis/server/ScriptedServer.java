package io.jstorage.redis.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something on a port that is not Redis, or a Redis in a state that the real one cannot be put in.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final String HANG_UP = "";

  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final String greeting;
  private final Function<List<String>, String> answers;

  private ScriptedServer(String greeting, Function<List<String>, String> answers)
      throws IOException {
    this.greeting = greeting;
    this.answers = answers;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
    start(this::accept);
  }

  /**
   * A Redis that lets everybody in, and answers each command with what a function makes of its
   * words.
   */
  public static ScriptedServer answering(Function<List<String>, String> answers)
      throws IOException {
    return new ScriptedServer("", words -> welcome(words, answers));
  }

  /** A Redis that replies to each command, also the first ones, as a function says. */
  public static ScriptedServer replying(Function<List<String>, String> replies) throws IOException {
    return new ScriptedServer("", replies);
  }

  /** Something that closes each connection at the first request. */
  public static ScriptedServer hangingUp() throws IOException {
    return new ScriptedServer("", words -> HANG_UP);
  }

  private static String welcome(List<String> words, Function<List<String>, String> answers) {
    return switch (words.get(0).toUpperCase(Locale.ROOT)) {
      case "PING" -> "+PONG\r\n";
      case "HELLO" -> "%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n";
      case "PEXPIRETIME" -> ":-2\r\n"; // Nothing expires, and opening asks for it.
      case "AUTH", "CLIENT", "SELECT" -> "+OK\r\n";
      default -> answers.apply(words);
    };
  }

  /** A server of another protocol, which greets, and answers each line with a line. */
  public static ScriptedServer ofLines(String greeting, String answer) throws IOException {
    return new ScriptedServer(greeting, words -> answer);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        start(() -> converse(client));
      } catch (IOException e) {
        // Closed by us.
      }
    }
  }

  private void converse(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      out.write(greeting.getBytes(ISO_8859_1));
      out.flush();
      for (List<String> words = command(in); words != null; words = command(in)) {
        String answer = answers.apply(words);
        if (answer.equals(HANG_UP)) {
          return;
        }
        out.write(answer.getBytes(ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      // The client is gone.
    } finally {
      open.remove(client);
    }
  }

  /** The words of a command, or of a line that is none; null at the end. */
  private static @Nullable List<String> command(InputStream in) throws IOException {
    String line = line(in);
    if (line == null || !line.startsWith("*")) {
      return line == null ? null : List.of(line.split(" ", -1));
    }
    List<String> words = new ArrayList<>();
    for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
      String length = line(in);
      if (length == null) {
        return null;
      }
      byte[] word = in.readNBytes(Integer.parseInt(length.substring(1)) + 2);
      words.add(new String(word, 0, word.length - 2, ISO_8859_1));
    }
    return words;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
