package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.util.VersionInfo;

/** The program of a JVM with another HTTP client: each kind of request, there and back. */
final class RoundTrips {
  private RoundTrips() {}

  /** Endpoint, bucket, access key, secret key. */
  public static void main(String[] args) throws IOException {
    for (String part : List.of("client5", "core5")) {
      VersionInfo info =
          VersionInfo.loadVersionInfo("org.apache.hc." + part, RoundTrips.class.getClassLoader());
      System.out.println(part + " " + info.getRelease());
    }
    try (Storage<String> storage =
        S3Store.in(args[1])
            .endpoint(URI.create(args[0]))
            .credentials(args[2], args[3])
            .storage(Codecs.text())) {
      storage.put("k", "v");
      expect("v", storage.require("k"));
      storage.putAll(Map.of("a", "1", "b", "2"));
      expect(List.of("a", "b", "k"), storage.keys().sorted().toList());
      byte[] large = "content ".repeat(3 << 20).getBytes(UTF_8);
      storage.streams().orElseThrow().write("large", new ByteArrayInputStream(large));
      try (InputStream in = storage.streams().orElseThrow().read("large").orElseThrow()) {
        expect(large.length, in.readAllBytes().length);
      }
      expect(true, storage.remove("k"));
      storage.clear();
      expect(0L, storage.size());
    }
    System.out.println("everything came back");
  }

  private static void expect(Object expected, Object answer) {
    if (!answer.equals(expected)) {
      throw new IllegalStateException("%s instead of %s".formatted(answer, expected));
    }
  }
}
