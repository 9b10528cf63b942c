package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.S3Store;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Operations on an S3 server in this JVM, by the storage and by the SDK's client itself. */
@Warmup(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class S3Benchmark extends Measured {
  private static final String BUCKET = "benchmark";

  @Param("100")
  public int entries;

  @Param("100")
  public int bytes;

  /** By how many milliseconds each answer is delayed. */
  @Param("0")
  public int delay;

  private S3ProxyServer server;
  private FaultProxy proxy;
  private Storage<byte[]> storage;
  private S3Client client;
  private byte[] value;
  private List<String> keys;
  private Map<String, byte[]> values;

  @Setup
  public void fill() {
    server = S3ProxyServer.start();
    proxy = server.proxy();
    var endpoint = delay == 0 ? server.endpoint() : proxy.endpoint();
    client =
        S3Clients.of(
            endpoint, S3ProxyServer.REGION, S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY);
    client.createBucket(request -> request.bucket(BUCKET));
    storage =
        S3Store.in(BUCKET)
            .folder("folder")
            .endpoint(endpoint)
            .region(S3ProxyServer.REGION)
            .credentials(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
            .storage(Codecs.bytes());
    value = new byte[bytes];
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toList();
    values = keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    storage.putAll(values);
    if (delay > 0) {
      proxy.on(request -> true, Fault.delay(Duration.ofMillis(delay)));
    }
  }

  @TearDown
  public void close() throws Exception {
    storage.close();
    client.close();
    proxy.close();
    server.close();
  }

  @Benchmark
  public Optional<byte[]> get(Walk walk) {
    return storage.get(keys.get(walk.next(entries)));
  }

  @Benchmark
  public byte[] getRaw(Walk walk) {
    String name = "folder/" + keys.get(walk.next(entries));
    return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(name)).asByteArray();
  }

  @Benchmark
  public void put(Walk walk) {
    storage.put(keys.get(walk.next(entries)), value);
  }

  @Benchmark
  public PutObjectResponse putRaw(Walk walk) {
    String name = "folder/" + keys.get(walk.next(entries));
    return client.putObject(
        request -> request.bucket(BUCKET).key(name), RequestBody.fromBytes(value));
  }

  @Benchmark
  public int getAll() {
    return storage.getAll(keys).size();
  }

  @Benchmark
  public void putAll() {
    storage.putAll(values);
  }

  /** The share of one of 16 threads in {@link #getAll}. */
  @Benchmark
  public int getShare() {
    return getEach(share());
  }

  /** The share of one of 16 threads in {@link #putAll}. */
  @Benchmark
  public void putShare() {
    for (String key : share()) {
      storage.put(key, value);
    }
  }

  private List<String> share() {
    return keys.subList(0, (entries + 15) / 16);
  }

  @Benchmark
  public int getOneByOne() {
    return getEach(keys);
  }

  private int getEach(List<String> wanted) {
    int found = 0;
    for (String key : wanted) {
      found += storage.get(key).isPresent() ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  public long keys() {
    try (Stream<String> listed = storage.keys()) {
      return listed.count();
    }
  }

  @Benchmark
  public long keysRaw() {
    return client
        .listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix("folder/"))
        .contents()
        .stream()
        .count();
  }
}
