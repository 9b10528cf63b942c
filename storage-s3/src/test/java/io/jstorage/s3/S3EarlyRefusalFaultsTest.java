package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.codec.Codecs;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that refuses what has a body when it has read the head, and hangs up. */
@Timeout(120)
class S3EarlyRefusalFaultsTest {
  private static final String UPLOAD =
      "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
  private static final String REFUSAL = "<Error><Code>AccessDenied</Code></Error>";

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private ServerSocket listener;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "refusing-server");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        String head = readHead(new BufferedInputStream(client.getInputStream()));
        heads.add(head);
        String reply =
            head.startsWith("PUT")
                ? reply("403 Forbidden", REFUSAL)
                : reply("200 OK", head.startsWith("POST") ? UPLOAD : "");
        client.getOutputStream().write(reply.getBytes(ISO_8859_1));
      } catch (IOException e) {
        // Closed by us, or the client saw the connection break.
      }
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int b;
    while (head.indexOf("\r\n\r\n") < 0 && (b = in.read()) >= 0) {
      head.append((char) b);
    }
    return head.toString();
  }

  private static String reply(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private Storage<byte[]> open() {
    return S3Store.in("bucket")
        .endpoint(URI.create("http://127.0.0.1:" + listener.getLocalPort()))
        .region("us-east-1")
        .credentials("access", "secret")
        .storage(Codecs.bytes());
  }

  private List<String> puts() {
    return heads.stream().filter(head -> head.startsWith("PUT")).toList();
  }

  @Test
  void aLongValueWaitsForTheConsentOfTheServer() {
    try (Storage<byte[]> storage = open()) {
      assertThatThrownBy(() -> storage.put("k", new byte[8 << 20]))
          .isInstanceOf(StorageAccessDeniedException.class);
    }
    assertThat(puts()).singleElement().asString().contains("Expect: 100-continue");
  }

  @Test
  void aPartIsSentAtOnceAndWaitsForTheConsentOfTheServerWhenItIsSentAgain() {
    try (Storage<byte[]> storage = open()) {
      assertThatThrownBy(
              () ->
                  storage
                      .streams()
                      .orElseThrow()
                      .write("k", new ByteArrayInputStream(new byte[5 << 20])))
          .isInstanceOf(StorageAccessDeniedException.class);
    }
    assertThat(puts().get(0)).contains("partNumber=1").doesNotContain("Expect");
    assertThat(puts().subList(1, puts().size()))
        .allSatisfy(head -> assertThat(head).contains("Expect: 100-continue"));
  }
}
