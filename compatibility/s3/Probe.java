import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.S3Store;
import io.jstorage.s3.S3StoreBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uses S3 storages on a server, and prints a row of a table: what came back as it was put, which
 * keys did, how removals and deadlines went, and which condition the server does not decide.
 *
 * <p>{@code java -cp CLASSES Probe.java ENDPOINT ACCESS_KEY SECRET_KEY}
 */
public final class Probe {
  private static final int THREADS = 8;
  private static final int RACES = 200;
  private static final List<String> KEYS =
      List.of(
          "plain", "with space", "reports/2026", "b//c", "./d", "e/../f", "/lead", "trail/", "über",
          "日本", "100%", "%41", "a+b", "a&b=c", "q?x", "#h", "\"quoted\"", "dot.", "<xml>");

  private final URI endpoint;
  private final String key;
  private final String secret;

  private Probe(URI endpoint, String key, String secret) {
    this.endpoint = endpoint;
    this.key = key;
    this.secret = secret;
  }

  public static void main(String[] args) throws Exception {
    Probe probe = new Probe(URI.create(args[0]), args[1], args[2]);
    probe.createBuckets();
    System.out.println(probe.row());
    System.exit(0);
  }

  private S3StoreBuilder store(String folder) {
    return S3Store.in("probe")
        .folder(folder)
        .endpoint(endpoint)
        .region("us-east-1")
        .credentials(key, secret)
        .timeout(Duration.ofSeconds(10));
  }

  /** Waits until the server has started. */
  private void createBuckets() throws Exception {
    try (S3Store any = store("any").open()) {
      S3Client client = any.unwrap(S3Client.class).orElseThrow();
      for (int attempts = 0; true; attempts++) {
        try {
          client.createBucket(request -> request.bucket("probe"));
          client.createBucket(request -> request.bucket("kit"));
          return;
        } catch (RuntimeException e) {
          if (attempts == 240) {
            throw e;
          }
          TimeUnit.MILLISECONDS.sleep(500);
        }
      }
    }
  }

  private String row() {
    List<String> cells = new ArrayList<>();
    for (Callable<String> cell :
        List.<Callable<String>>of(
            this::values,
            this::streams,
            this::removals,
            this::expiry,
            this::purge,
            this::atomic,
            this::keys)) {
      try {
        cells.add(cell.call());
      } catch (Exception e) {
        cells.add("failed: " + shortened(e));
      }
    }
    return String.join(" | ", cells);
  }

  private static String shortened(Throwable e) {
    String text = String.valueOf(e.getMessage()).replaceAll("s3://\\S+( at \\S+)?", "…");
    text = text.replace('|', '/').replaceAll("\\s+", " ");
    return text.length() > 160 ? text.substring(0, 160) + "…" : text;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private String values() {
    try (Storage<byte[]> storage = store("values").storage(Codecs.bytes())) {
      for (int length : new int[] {0, 2, 1_000, 200_000, 3 << 20}) {
        storage.put("k", bytes(length));
        byte[] got = storage.get("k").orElse(null);
        if (!Arrays.equals(got, bytes(length))) {
          return "%d bytes came back as %s".formatted(length, got == null ? "none" : got.length);
        }
      }
      return "exact";
    }
  }

  private String keys() {
    try (Storage<String> storage = store("keys").storage(Codecs.text())) {
      Map<String, String> wrong = new LinkedHashMap<>();
      for (String each : KEYS) {
        try {
          storage.put(each, "value of " + each);
        } catch (StorageException e) {
          wrong.put(each, "refused");
        }
      }
      List<String> listed = storage.keys().toList();
      for (String each : KEYS) {
        if (!storage.get(each).equals(java.util.Optional.of("value of " + each))) {
          wrong.putIfAbsent(each, "lost");
        } else if (!listed.contains(each)) {
          wrong.putIfAbsent(each, "not listed");
        }
      }
      storage.clear();
      String left = storage.size() == 0 ? "" : ", %d left by clear".formatted(storage.size());
      List<String> shown = wrong.entrySet().stream().map(Probe::describe).toList();
      return (wrong.isEmpty() ? "all %d".formatted(KEYS.size()) : String.join(", ", shown)) + left;
    }
  }

  private static String describe(Map.Entry<String, String> wrong) {
    return "`%s` %s".formatted(wrong.getKey(), wrong.getValue());
  }

  private String streams() throws Exception {
    try (Storage<byte[]> storage = store("streams").storage(Codecs.bytes())) {
      byte[] large = bytes(18 << 20);
      storage.streams().orElseThrow().write("k", new ByteArrayInputStream(large));
      try (InputStream in = storage.streams().orElseThrow().read("k").orElseThrow()) {
        return Arrays.equals(in.readAllBytes(), large) ? "exact" : "damaged";
      }
    }
  }

  /** Of one key by one caller and by several, and of many. */
  private String removals() throws Exception {
    try (Storage<String> storage = store("removals").storage(Codecs.text())) {
      storage.put("k", "v");
      if (!storage.remove("k") || storage.remove("k") || storage.contains("k")) {
        return "untrue";
      }
      Map<String, String> many = new LinkedHashMap<>();
      for (int i = 0; i < 300; i++) {
        many.put("key" + i, "v");
      }
      storage.putAll(many);
      storage.removeAll(many.keySet());
      if (storage.size() != 0) {
        return storage.size() + " of 300 left";
      }
      int several = race(number -> storage.remove("k"), () -> storage.put("k", "v"));
      return "true; %d of %d races with several winners".formatted(several, RACES);
    }
  }

  /** The work of a thread in a race; returns whether it has won. */
  private interface Racer {
    boolean run(int number);
  }

  /** Returns how many races did not have one winner. */
  private static int race(Racer racer, Runnable prepare) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      int wrong = 0;
      for (int race = 0; race < RACES; race++) {
        prepare.run();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          int number = i;
          futures.add(
              threads.submit(
                  () -> {
                    start.await();
                    return racer.run(number);
                  }));
        }
        int winners = 0;
        for (Future<Boolean> future : futures) {
          winners += future.get() ? 1 : 0;
        }
        wrong += winners == 1 ? 0 : 1;
      }
      return wrong;
    } finally {
      threads.shutdownNow();
    }
  }

  private String expiry() throws Exception {
    try (Storage<byte[]> storage =
        store("expiry").expiration(Duration.ofHours(1)).storage(Codecs.bytes())) {
      storage.put("short", bytes(1), Duration.ofSeconds(2));
      storage.put("long", bytes(1));
      storage.streams().orElseThrow().write("stream", new ByteArrayInputStream(bytes(9 << 20)));
      if (storage.entry("long").flatMap(Entry::expiresAt).isEmpty()) {
        return "deadlines are lost";
      }
      if (storage.entry("stream").flatMap(Entry::expiresAt).isEmpty()) {
        return "deadlines of streams are lost";
      }
      TimeUnit.SECONDS.sleep(3);
      return storage.contains("short") ? "late" : "exact";
    }
  }

  private String purge() {
    try (Storage<byte[]> storage =
        store("expiry").expiration(Duration.ofHours(1)).storage(Codecs.bytes())) {
      long purged = storage.purgeExpired();
      return purged == 1 && storage.size() == 2 ? "exact" : purged + " purged";
    } catch (StorageException e) {
      if (String.valueOf(e.getMessage()).contains("lifecycle")) {
        return "refused";
      }
      throw e;
    }
  }

  private String atomic() throws Exception {
    try (Storage<String> storage = store("atomic").storage(Codecs.text())) {
      if (!storage.capabilities().contains(Capability.ATOMIC)) {
        try {
          storage.putIfAbsent("k", "v");
          return "contradictory";
        } catch (UnsupportedOperationException e) {
          return "no: " + e.getMessage().replaceAll("(?s).*does not have: |: use put.*", "");
        }
      }
      int puts = race(n -> storage.putIfAbsent("k", "v" + n), () -> storage.remove("k"));
      storage.put("n", "0");
      int each = 25;
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      for (int i = 0; i < THREADS; i++) {
        threads.execute(
            () -> {
              for (int n = 0; n < each; n++) {
                storage.asMap().merge("n", "1", (a, b) -> "" + (Long.parseLong(a) + 1));
              }
            });
      }
      threads.shutdown();
      boolean ended = threads.awaitTermination(120, TimeUnit.SECONDS);
      long lost = THREADS * each - Long.parseLong(storage.require("n"));
      return "probed; %d of %d races wrong, %d of %d increments lost%s"
          .formatted(puts, RACES, lost, THREADS * each, ended ? "" : ", not ended");
    }
  }
}
