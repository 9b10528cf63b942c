package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings of a server that has as many objects as a test wants, and holds none of them. */
class LongListingStoreTest {
  private static final Pattern TOKEN = Pattern.compile("continuation-token=(\\d+)");

  private final AtomicInteger requests = new AtomicInteger();
  private volatile int objects;
  private volatile boolean tellsWhereToGoOn = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    Matcher token = TOKEN.matcher(exchange.getRequestURI().getQuery());
    int start = token.find() ? Integer.parseInt(token.group(1)) : 0;
    int end = Math.min(objects, start + 1_000);
    StringBuilder page = new StringBuilder("<ListBucketResult>");
    for (int i = start; i < end; i++) {
      page.append("<Contents><Key>key-").append(i).append("</Key></Contents>");
    }
    page.append("<IsTruncated>").append(end < objects).append("</IsTruncated>");
    if (end < objects && tellsWhereToGoOn) {
      page.append("<NextContinuationToken>").append(end).append("</NextContinuationToken>");
    }
    byte[] body = page.append("</ListBucketResult>").toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private S3Store open() {
    return S3Store.in("bucket")
        .endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .credentials("key", "secret")
        .open();
  }

  @Test
  void tenThousandKeysTakeTenRequests() throws IOException {
    objects = 10_000;
    try (S3Store store = open()) {
      assertThat(store.count()).isEqualTo(10_000);
      assertThat(requests).hasValue(10);
    }
  }

  @Test
  void aPageIsAskedForWhenTheOneBeforeHasBeenRead() throws IOException {
    objects = 1_000_000_000;
    try (S3Store store = open();
        Stream<String> keys = store.keys("")) {
      assertThat(requests).hasValue(0);
      Iterator<String> iterator = keys.iterator();
      for (int i = 0; i < 3_000; i++) {
        assertThat(iterator.next()).isEqualTo("key-" + i);
        assertThat(requests).hasValue(1 + i / 1_000);
      }
      System.gc();
      long before = used();
      for (int i = 3_000; i < 100_000; i++) {
        iterator.next();
      }
      System.gc();
      assertThat(used() - before).as("bytes held after 100 pages").isLessThan(4 << 20);
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aListingWithoutItsEndIsAFailure() throws IOException {
    objects = 5_000;
    tellsWhereToGoOn = false;
    try (S3Store store = open()) {
      assertThatThrownBy(store::count).hasMessageContaining("more names");
    }
  }
}
