package io.jstorage.s3.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A request or a reply of HTTP/1.1 as it goes over the wire, header lines in their order. */
public final class HttpMessage {
  private final String startLine;
  private final List<String> headers;
  private final byte[] body;

  private HttpMessage(String startLine, List<String> headers, byte[] body) {
    this.startLine = startLine;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** An error of S3. */
  public static HttpMessage error(int status, String code) {
    return reply(
        status + " " + code,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>The proxy says %s.</Message><RequestId>proxy</RequestId></Error>"""
            .formatted(code, code));
  }

  /** A reply of status 200 whose body is XML. */
  public static HttpMessage ok(String xml) {
    return reply("200 OK", xml);
  }

  private static HttpMessage reply(String status, String xml) {
    byte[] body = xml.getBytes(UTF_8);
    return new HttpMessage(
        "HTTP/1.1 " + status,
        List.of("Content-Type: application/xml", "Content-Length: " + body.length),
        body);
  }

  /**
   * Reads a request; null at the end of the connection. A client that waits with the body is told
   * to send it.
   */
  static @Nullable HttpMessage readRequest(InputStream in, OutputStream out) throws IOException {
    String startLine = readLine(in);
    if (startLine == null) {
      return null;
    }
    HttpMessage head = new HttpMessage(startLine, readHeaders(in), new byte[0]);
    if ("100-continue".equalsIgnoreCase(head.header("Expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    return head.without("Expect"::equalsIgnoreCase).readBody(in, 0);
  }

  /** Reads the reply to a request. */
  static HttpMessage readReply(InputStream in, String method) throws IOException {
    HttpMessage head;
    do {
      String startLine = readLine(in);
      if (startLine == null) {
        throw new EOFException("no reply");
      }
      head = new HttpMessage(startLine, readHeaders(in), new byte[0]);
    } while (head.status() == 100);
    boolean bodiless = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
    return bodiless ? head : head.readBody(in, Integer.MAX_VALUE);
  }

  private HttpMessage readBody(InputStream in, int lengthIfNotTold) throws IOException {
    if ("chunked".equalsIgnoreCase(header("Transfer-Encoding"))) {
      byte[] whole = readChunks(in);
      return without("Transfer-Encoding"::equalsIgnoreCase)
          .with("Content-Length", String.valueOf(whole.length))
          .withBody(whole);
    }
    String length = header("Content-Length");
    int expected = length == null ? lengthIfNotTold : Integer.parseInt(length);
    byte[] whole = in.readNBytes(expected);
    if (length != null && whole.length < expected) {
      throw new EOFException("body of %d instead of %d bytes".formatted(whole.length, expected));
    }
    return new HttpMessage(startLine, headers, whole);
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("cut in a chunked body");
      }
      int size = Integer.parseInt(line.replaceFirst(";.*", "").trim(), 16);
      if (size == 0) {
        List<String> unused = readHeaders(in);
        return whole.toByteArray();
      }
      whole.write(in.readNBytes(size));
      String end = readLine(in);
      if (end == null || !end.isEmpty()) {
        throw new EOFException("cut in a chunk");
      }
    }
  }

  private static List<String> readHeaders(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    while ((line = readLine(in)) != null && !line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  private static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) >= 0 && b != '\n') {
      if (b != '\r') {
        line.write(b);
      }
    }
    return b < 0 && line.size() == 0 ? null : line.toString(ISO_8859_1);
  }

  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(startLine).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    // In one piece: a server that refuses a request for its head would not wait for the rest.
    byte[] first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] whole = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    out.write(whole);
    out.flush();
  }

  String startLine() {
    return startLine;
  }

  /** The status of a reply. */
  public int status() {
    return Integer.parseInt(startLine.split(" ", 3)[1]);
  }

  /** The value of a header, the first if there are several. */
  public @Nullable String header(String name) {
    return headers.stream()
        .filter(line -> nameOf(line).equalsIgnoreCase(name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(null);
  }

  /** The same without some of the headers. */
  public HttpMessage without(Predicate<String> headerName) {
    return new HttpMessage(
        startLine, headers.stream().filter(line -> !headerName.test(nameOf(line))).toList(), body);
  }

  /** The same with one more header. */
  public HttpMessage with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new HttpMessage(startLine, more, body);
  }

  /** The same with the names of some headers changed. */
  public HttpMessage rename(UnaryOperator<String> headerName) {
    return new HttpMessage(
        startLine,
        headers.stream()
            .map(line -> headerName.apply(nameOf(line)) + line.substring(nameOf(line).length()))
            .toList(),
        body);
  }

  /** The same with another text as its body, and the length of that. */
  public HttpMessage withText(UnaryOperator<String> change) {
    byte[] other = change.apply(new String(body, UTF_8)).getBytes(UTF_8);
    return without("Content-Length"::equalsIgnoreCase)
        .with("Content-Length", String.valueOf(other.length))
        .withBody(other);
  }

  /** The same with another body, the headers left as they are, true or not. */
  public HttpMessage withBody(byte[] other) {
    return new HttpMessage(startLine, headers, other.clone());
  }

  public byte[] body() {
    return body.clone();
  }

  /** Whether the reader will wait in vain for more of the body. */
  boolean isCut() {
    String length = header("Content-Length");
    return length != null && body.length > 0 && body.length < Integer.parseInt(length);
  }

  private static String nameOf(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':')));
  }

  @Override
  public String toString() {
    return startLine;
  }
}
