package io.jstorage.s3;

import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.s3.Bucket.Deletion;
import io.jstorage.s3.Parallel.Unfinished;
import io.jstorage.s3.S3Failures.Kind;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.BatchByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ExpiringByteStore;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import io.jstorage.spi.StreamingByteStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A store of one object per key in a bucket of S3 or of a server that speaks its protocol. An
 * object holds the bytes and nothing else; its name is the folder, a slash and the key, where what
 * servers take for something else is escaped as {@code %xx}. Stores of different folders do not see
 * each other. Objects that other programs put into the folder are entries too if their names are
 * those of keys, and otherwise never touched.
 *
 * <p>A write is never sent twice unless it is certain that it did nothing: sent again after an
 * answer that was lost, it would undo what others did in between. It bears a random id in the
 * object's metadata; where its answer is lost, the store looks for that id, and if it is not there
 * the outcome is unknown. A deletion has no such trace: where its answer is lost the outcome is
 * unknown.
 *
 * <p>Without an {@code expiration} the store is {@link Capability#ATOMIC} where the server decides
 * conditional writes. That is taken for granted on AWS, and said by {@link Conditional} or tried
 * out elsewhere: once, when it is first asked for, by a dozen requests for an object that is
 * deleted again. With an {@code expiration} it has {@link Capability#EXPIRY} instead, as a server
 * compares only content, not deadlines. The deadline stands in the object's metadata; one without
 * it does not expire. All openers of a folder give an expiration, or none does. Reading never
 * deletes what has expired: {@link #purgeExpired}, {@link #clear} and the bucket's lifecycle rules
 * do. A purge can take along bytes that another process wrote within its two requests, if they
 * equal the expired ones; from within this JVM it never does.
 *
 * <p>Keys have up to 341 bytes in UTF-8, less a third of the folder's length. {@link #keys} and
 * {@link #count} may include expired entries. The bucket is never made; that there is none is a
 * failure and never a miss, and so is a missing permission.
 *
 * <p>Thread-safe. In requests, {@code read} costs one, {@code exists} one, {@code write} one,
 * {@code delete} two, a listing one for each 1 000 keys and so does {@code deleteAll}; a miss of
 * {@code exists} or {@code delete} costs one more if the server has not answered for ten seconds.
 * An interrupted thread gets an exception, which says if the outcome is unknown; the flag stays
 * set.
 */
public final class S3Store
    implements AtomicByteStore, ExpiringByteStore, BatchByteStore, StreamingByteStore {
  /** {@code bucket}: the bucket; required. */
  public static final Option<String> BUCKET =
      Option.text("bucket")
          .describedAs("The bucket, which exists.")
          .where(
              bucket ->
                  bucket.matches(
                      "[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]|arn:[A-Za-z0-9:/._-]+"),
              "a bucket's name or the ARN of an access point")
          .required();

  /** {@code folder}: what the names of all objects of the store start with; none by default. */
  public static final Option<String> FOLDER =
      Option.text("folder")
          .describedAs("The folder in the bucket; without one the whole bucket is the store's.")
          .withDefault("");

  /** {@code region}: the region; by default what the SDK finds. */
  public static final Option<String> REGION =
      Option.text("region")
          .describedAs("The region, such as eu-west-1; by default what the AWS SDK finds.")
          .where(region -> region.matches("[a-z0-9-]+"), "of a-z, 0-9 and '-'");

  /** {@code endpoint}: the address of a server other than AWS. */
  public static final Option<String> ENDPOINT =
      Option.text("endpoint")
          .describedAs("The address of a server that is not AWS, such as https://s3.example.org.");

  /** {@code plaintext}: whether an endpoint of {@code http} may be on another machine. */
  public static final Option<Boolean> PLAINTEXT =
      Option.flag("plaintext")
          .describedAs("Whether values may go unencrypted to an http endpoint elsewhere.")
          .withDefault(false);

  /**
   * {@code pathStyle}: whether the bucket stands in the path; by default if there is an endpoint.
   */
  public static final Option<Boolean> PATH_STYLE =
      Option.flag("pathStyle")
          .describedAs(
              "Whether the bucket stands in the path of the URL and not in the host; by default with an endpoint only.");

  /** {@code accessKey}: the identifier of the credentials; secret. */
  public static final Option<String> ACCESS_KEY =
      Option.text("accessKey")
          .describedAs("The access key; by default credentials are what the AWS SDK finds.")
          .secret();

  /** {@code secretKey}: the secret of the credentials; secret. */
  public static final Option<String> SECRET_KEY =
      Option.text("secretKey").describedAs("The secret that goes with 'accessKey'.").secret();

  /** {@code timeout}: how long to wait; 30 seconds by default. */
  public static final Option<Duration> TIMEOUT =
      Option.duration("timeout")
          .describedAs("How long to wait for a connection, for an answer, and for repeats.")
          .withDefault(Duration.ofSeconds(30));

  /** {@code retries}: how often a request is repeated; 5 by default. */
  public static final Option<Integer> RETRIES =
      Option.integer("retries")
          .describedAs("How often a request is repeated that provably changed nothing.")
          .where(retries -> retries >= 0, "not negative")
          .withDefault(5);

  /** {@code parallelism}: how many requests of batches run at once; 16 by default. */
  public static final Option<Integer> PARALLELISM =
      Option.integer("parallelism")
          .describedAs("How many requests of batches run at once.")
          .where(parallelism -> parallelism >= 1 && parallelism <= 1_000, "from 1 to 1000")
          .withDefault(16);

  /** {@code conditional}: what is known about the server's conditional writes. */
  public static final Option<Conditional> CONDITIONAL =
      Option.choice("conditional", Conditional.class)
          .describedAs(
              "Whether the server decides conditional writes in one step; by default asserted for AWS, and tried out elsewhere.");

  /** {@code sse}: the server-side encryption that writes ask for; by default the bucket's own. */
  public static final Option<String> SSE =
      Option.text("sse")
          .describedAs("The server-side encryption: AES256, aws:kms or aws:kms:dsse.")
          .where(
              sse -> sse.matches("AES256|aws:kms|aws:kms:dsse"), "AES256, aws:kms, aws:kms:dsse");

  /** {@code client}: a client of the user's, which is never closed. */
  public static final Option<S3Client> CLIENT =
      Option.object("client", S3Client.class)
          .describedAs(
              "Your own client, with region, endpoint and credentials; it is not closed with the storage.");

  /** What a file may have to be sent by one request. */
  private static final long LONG_FILE_BYTES = 64L << 20;

  private final String place;
  private final String bucketName;
  private final ObjectNames names;
  private final Bucket bucket;
  private final Conditions conditions;
  private final boolean conditionsSent;
  private final @Nullable Duration expiration;
  private final InstantSource clock;
  private final Parallel parallel;
  private final long longFileBytes;
  private final boolean borrowed;

  private S3Store(Builder builder, ObjectNames names, S3Client client) {
    this.bucketName = builder.bucket;
    this.names = names;
    this.borrowed = builder.client != null;
    Optional<URI> endpoint = client.serviceClientConfiguration().endpointOverride();
    this.place =
        "s3://%s/%s%s"
            .formatted(
                bucketName,
                names.prefix(),
                endpoint.map(uri -> " at " + Endpoints.withoutUser(uri)).orElse(""));
    Requests requests =
        new Requests(
            bucketName,
            builder.sse,
            builder.contentType == null ? "application/octet-stream" : builder.contentType,
            borrowed);
    this.bucket = new Bucket(client, requests, new Attempts(builder.timeout, builder.retries));
    Boolean decided = null;
    if (builder.conditional != null) {
      decided = builder.conditional == Conditional.ASSERT;
    } else if (endpoint.isEmpty()) {
      decided = true;
    }
    this.conditions = new Conditions(bucket, names.prefix(), decided);
    this.conditionsSent = builder.conditional != Conditional.DENY;
    this.expiration = builder.expiration;
    this.clock = builder.clock;
    this.parallel = new Parallel(builder.parallelism, "jstorage-s3-" + bucketName);
    this.longFileBytes = builder.longFileBytes;
  }

  /**
   * Begins to open a store of a whole bucket, without expiration, with region and credentials as
   * the SDK finds them, a timeout of 30 seconds, 5 retries and 16 requests of batches at once.
   *
   * @param bucket the bucket, which exists; a name or the ARN of an access point
   * @return a builder
   * @throws InvalidOptionException if it is neither
   */
  public static Builder in(String bucket) {
    return new Builder(bucket);
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    ObjectBytes found = get(key);
    return found == null ? null : found.bytes();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    ObjectBytes found = get(key);
    if (found == null) {
      return null;
    }
    Entry<byte[]> entry = Entry.of(found.bytes());
    GetObjectResponse response = found.response();
    if (expiration == null) {
      return response.eTag() == null
          ? entry
          : entry.withVersion(EntityTag.toVersion(response.eTag()));
    }
    Instant deadline = Deadline.of(response.metadata());
    return deadline == null ? entry : entry.withExpiresAt(deadline);
  }

  private @Nullable ObjectBytes get(String key) throws IOException {
    ObjectBytes found = bucket.get(names.nameOf(key), ObjectBytes.reader());
    if (found == null || isExpired(found.response().metadata())) {
      return null;
    }
    if (found.isTooLong()) {
      throw new IOException(
          "the object has %d bytes, too many for an array: read it as a stream, by unwrap(StreamingByteStore.class)"
              .formatted(found.response().contentLength()));
    }
    return found;
  }

  @Override
  public boolean exists(String key) throws IOException {
    HeadObjectResponse head = bucket.head(names.nameOf(key));
    return head != null && !isExpired(head.metadata());
  }

  private boolean isExpired(Map<String, String> metadata) throws IOException {
    if (expiration == null) {
      return false;
    }
    Instant deadline = Deadline.of(metadata);
    return deadline != null && !clock.instant().isBefore(deadline);
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    write(key, bytes, expiration);
  }

  @Override
  public void write(String key, byte[] bytes, @Nullable Duration ttl) throws IOException {
    String name = names.nameOf(key);
    Payload payload = Payload.of(bytes);
    whileWriting(name, () -> bucket.put(name, payload, deadline(ttl)));
  }

  private @Nullable Instant deadline(@Nullable Duration ttl) {
    Duration life = ttl == null ? expiration : ttl;
    return life == null ? null : Deadline.after(clock.instant(), life);
  }

  /** The step of a write by which the bytes appear. */
  @FunctionalInterface
  private interface Appearance {
    void happen() throws IOException;
  }

  private void whileWriting(String name, Appearance appearance) throws IOException {
    if (expiration == null) {
      appearance.happen();
      return;
    }
    Lock lock = FreshPuts.whileWriting(bucketName, name);
    lock.lock();
    try {
      appearance.happen();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    checkAtomic();
    String name = names.nameOf(key);
    Payload payload = Payload.of(bytes);
    if (expected == null) {
      return bucket.create(name, payload, deadline(ttl));
    }
    String tag = EntityTag.ofVersion(expected);
    return tag != null && bucket.replace(name, payload, tag, deadline(ttl));
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    checkAtomic();
    String tag = EntityTag.ofVersion(expected);
    return tag != null && bucket.delete(names.nameOf(key), tag) == Deletion.DONE;
  }

  private void checkAtomic() throws IOException {
    if (!capabilities().contains(Capability.ATOMIC)) {
      throw new UnsupportedOperationException(
          "%s is not ATOMIC: %s"
              .formatted(
                  place,
                  expiration == null
                      ? "its server does not decide conditional writes"
                      : "it was opened with an expiration"));
    }
  }

  /**
   * Deletes the object that is there, and says truthfully whether there was one: by the object's
   * entity tag, and again if it changed meanwhile. Two requests.
   */
  @Override
  public boolean delete(String key) throws IOException {
    String name = names.nameOf(key);
    Attempts.Patience patience = bucket.attempts.patience();
    while (true) {
      HeadObjectResponse head = bucket.head(name);
      if (head == null || isExpired(head.metadata())) {
        return false;
      }
      boolean known = head.eTag() != null || !conditionsSent;
      if (known && bucket.delete(name, conditionsSent ? head.eTag() : null) == Deletion.DONE) {
        return true;
      }
      if (!patience.lasts(known ? Kind.CONFLICT : Kind.THROTTLED)) {
        throw ByteStoreException.unavailable(
            known
                ? "the object was changed all the time"
                : "the server tells no entity tag of the object",
            null);
      }
    }
  }

  @Override
  public Stream<String> keys(String prefix) {
    String start = names.startOf(prefix);
    if (start == null) {
      return Stream.empty();
    }
    return Listing.of(bucket, start)
        .mapMulti(
            (name, sink) -> {
              String key = names.keyOf(name);
              if (key != null && key.startsWith(prefix)) {
                sink.accept(key);
              }
            });
  }

  /**
   * Deletes the objects of all keys, also of those that are written meanwhile. Two requests for
   * each 1 000.
   */
  @Override
  public void clear() throws IOException {
    Failed failed = new Failed();
    BatchDeletion deletion = new BatchDeletion(bucket);
    forEachPage(page -> failed.addAll(deletion.delete(page).values()));
    failed.throwIfAny();
  }

  /**
   * Deletes the objects whose deadline has passed. One request for each 1 000 keys, one for each
   * key, and one for each expired one.
   */
  @Override
  public long purgeExpired() throws IOException {
    if (!conditionsSent) {
      throw new IOException(
          "a server that decides no conditional deletions would delete what was just written: leave expired objects to lifecycle rules");
    }
    Failed failed = new Failed();
    LongAdder purged = new LongAdder();
    forEachPage(
        page ->
            failed.addAll(
                parallel
                    .run(
                        page,
                        Unfinished.OUTCOME_UNKNOWN,
                        name -> {
                          if (purge(name)) {
                            purged.increment();
                          }
                        })
                    .values()));
    failed.throwIfAny();
    return purged.sum();
  }

  private boolean purge(String name) throws IOException {
    Lock lock = FreshPuts.whilePurging(bucketName, name);
    lock.lock();
    try {
      HeadObjectResponse head = bucket.head(name);
      return head != null
          && isExpired(head.metadata())
          && bucket.delete(name, head.eTag()) == Deletion.DONE;
    } finally {
      lock.unlock();
    }
  }

  private void forEachPage(Consumer<List<String>> action) throws IOException {
    List<String> page = new ArrayList<>();
    try (Stream<String> all = Listing.of(bucket, names.prefix())) {
      Iterator<String> own = all.filter(name -> names.keyOf(name) != null).iterator();
      while (own.hasNext()) {
        page.add(own.next());
        if (page.size() == Requests.PAGE || !own.hasNext()) {
          action.accept(List.copyOf(page));
          page.clear();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, IOException> failed) {
    Map<String, byte[]> found = new ConcurrentHashMap<>();
    parallel
        .run(
            keys,
            Unfinished.NOTHING_CHANGED,
            key -> {
              byte[] bytes = read(key);
              if (bytes != null) {
                found.put(key, bytes);
              }
            })
        .forEach(failed);
    return Map.copyOf(found);
  }

  @Override
  public void writeAll(
      Map<String, byte[]> entries, @Nullable Duration ttl, BiConsumer<String, IOException> failed) {
    parallel
        .run(
            List.copyOf(entries.entrySet()),
            Unfinished.OUTCOME_UNKNOWN,
            entry -> write(entry.getKey(), entry.getValue(), ttl))
        .forEach((entry, failure) -> failed.accept(entry.getKey(), failure));
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, IOException> failed) {
    Map<String, String> keyOfName = new LinkedHashMap<>();
    keys.forEach(key -> keyOfName.put(names.nameOf(key), key));
    List<String> all = List.copyOf(keyOfName.keySet());
    List<List<String>> pages = new ArrayList<>();
    for (int i = 0; i < all.size(); i += Requests.PAGE) {
      pages.add(all.subList(i, Math.min(all.size(), i + Requests.PAGE)));
    }
    Map<String, IOException> failures = new ConcurrentHashMap<>();
    BatchDeletion deletion = new BatchDeletion(bucket);
    parallel
        .run(pages, Unfinished.OUTCOME_UNKNOWN, page -> failures.putAll(deletion.delete(page)))
        .forEach((page, failure) -> page.forEach(name -> failures.put(name, failure)));
    failures.forEach(
        (name, failure) -> {
          String key = keyOfName.get(name);
          if (key != null) {
            failed.accept(key, failure);
          }
        });
  }

  /**
   * Opens the bytes under a key. One request; a connection is held until the stream is closed.
   * Closed before its end, it breaks the connection off. The SDK gives a stream up that is not read
   * within a minute.
   */
  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    String name = names.nameOf(Keys.check(key, maxKeyBytes()));
    ResponseInputStream<GetObjectResponse> response =
        bucket.get(name, ResponseTransformer.toInputStream());
    if (response == null) {
      return null;
    }
    boolean expired = true;
    try {
      expired = isExpired(response.response().metadata());
    } finally {
      if (expired) {
        response.abort();
      }
    }
    return expired ? null : new ObjectStream(response);
  }

  /**
   * Writes what a stream holds up to its end. Up to 8 MiB take one request; what is longer is sent
   * in parts of 8 MiB, from 8 GB on in longer ones, of which one is held in memory. A process that
   * is killed meanwhile leaves parts that nobody sees, for a lifecycle rule to remove.
   */
  @Override
  public void writeStream(String key, InputStream bytes) throws IOException {
    String name = names.nameOf(Keys.check(key, maxKeyBytes()));
    byte[] part = new byte[PartSizes.of(1)];
    int count = bytes.readNBytes(part, 0, part.length);
    if (count < part.length) {
      Payload payload = Payload.of(part, count);
      whileWriting(name, () -> bucket.put(name, payload, deadline(null)));
      return;
    }
    try (Upload upload = Upload.start(bucket, name, deadline(null))) {
      for (int number = 2; count > 0; number++) {
        upload.add(Payload.of(part, count));
        if (part.length < PartSizes.of(number)) {
          part = new byte[PartSizes.of(number)];
        }
        count = bytes.readNBytes(part, 0, part.length);
      }
      whileWriting(name, upload::complete);
    }
  }

  /**
   * Writes the content of a file. Up to 64 MiB take one request; what is longer is sent in parts of
   * that length. The file is read twice, for a checksum and to be sent, and never held in memory.
   */
  @Override
  public void writeFile(String key, Path source) throws IOException {
    String name = names.nameOf(Keys.check(key, maxKeyBytes()));
    if (!Files.isRegularFile(source)) {
      StreamingByteStore.super.writeFile(key, source);
      return;
    }
    long length = Files.size(source);
    if (length <= longFileBytes) {
      Payload payload = Payload.of(source, 0, length);
      whileWriting(name, () -> bucket.put(name, payload, deadline(null)));
      return;
    }
    long partLength = PartSizes.ofFile(longFileBytes, length);
    try (Upload upload = Upload.start(bucket, name, deadline(null))) {
      for (long start = 0; start < length; start += partLength) {
        upload.add(Payload.of(source, start, Math.min(partLength, length - start)));
      }
      whileWriting(name, upload::complete);
    }
  }

  @Override
  public Set<Capability> capabilities() throws IOException {
    if (expiration != null) {
      return Set.of(Capability.EXPIRY);
    }
    return conditions.areDecided() ? Set.of(Capability.ATOMIC) : Set.of();
  }

  @Override
  public int maxKeyBytes() {
    return names.maxKeyBytes();
  }

  /** Returns this store or the SDK's {@link S3Client}. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    Optional<T> store = AtomicByteStore.super.unwrap(type);
    return store.isEmpty() && type.isInstance(bucket.client)
        ? Optional.of(type.cast(bucket.client))
        : store;
  }

  /**
   * Closes the client unless it is borrowed; what uses a borrowed one goes on to its end. Otherwise
   * no more requests are sent, and those under way have up to two seconds to end, unless this
   * thread is interrupted. What takes longer fails, as do streams that are still being read.
   */
  @Override
  public void close() {
    parallel.close();
    if (!borrowed) {
      bucket.attempts.close();
      bucket.client.close();
    }
  }

  /** Names the bucket, the folder and the endpoint. */
  @Override
  public String toString() {
    return place;
  }

  /** Opens stores. Not thread-safe. */
  public static final class Builder {
    final String bucket;
    String folder = "";
    @Nullable String region;
    @Nullable URI endpoint;
    boolean plaintext;
    @Nullable Boolean pathStyle;
    @Nullable String accessKey;
    @Nullable String secretKey;
    @Nullable Duration expiration;
    InstantSource clock = InstantSource.system();
    Duration timeout = TIMEOUT.defaultValue().orElseThrow();
    int retries = RETRIES.defaultValue().orElseThrow();
    int parallelism = PARALLELISM.defaultValue().orElseThrow();
    @Nullable Conditional conditional;
    @Nullable String sse;
    @Nullable String contentType;
    @Nullable S3Client client;
    private long longFileBytes = LONG_FILE_BYTES;

    private Builder(String bucket) {
      this.bucket = BUCKET.parse(bucket);
    }

    /**
     * Sets the folder. Without one, every object of the bucket whose name is a key's belongs to the
     * store, and {@link S3Store#clear} deletes it.
     *
     * @param folder one or more names with slashes between them; the empty string for none
     * @return this builder
     * @throws InvalidOptionException if it is none
     */
    public Builder folder(String folder) {
      this.folder = FOLDER.parse(folder);
      return this;
    }

    /**
     * Sets the region.
     *
     * @param region the region, such as {@code eu-west-1}
     * @return this builder
     * @throws InvalidOptionException if it is none
     */
    public Builder region(String region) {
      this.region = REGION.parse(region);
      return this;
    }

    /**
     * Sets the address of a server that is not AWS.
     *
     * @param endpoint a URL of http or https
     * @return this builder
     * @throws InvalidOptionException if it is none
     */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Endpoints.check(endpoint);
      return this;
    }

    /**
     * Allows an endpoint of {@code http} that is not on this machine.
     *
     * @param allowed whether values may go unencrypted over the network
     * @return this builder
     */
    public Builder plaintext(boolean allowed) {
      this.plaintext = allowed;
      return this;
    }

    /**
     * Sets where the bucket stands in URLs.
     *
     * @param pathStyle true for the path, false for the host
     * @return this builder
     */
    public Builder pathStyle(boolean pathStyle) {
      this.pathStyle = pathStyle;
      return this;
    }

    /**
     * Sets the credentials.
     *
     * @param accessKey the access key
     * @param secretKey the secret that goes with it
     * @return this builder
     */
    public Builder credentials(String accessKey, String secretKey) {
      this.accessKey = ACCESS_KEY.parse(accessKey);
      this.secretKey = SECRET_KEY.parse(secretKey);
      return this;
    }

    /**
     * Sets how long an entry lives unless it is written with a time to live of its own.
     *
     * @param expiration how long, longer than zero
     * @return this builder
     * @throws InvalidOptionException if it is not
     */
    public Builder expiration(Duration expiration) {
      this.expiration = StandardOptions.EXPIRATION.parse(expiration);
      return this;
    }

    /**
     * Sets the clock by which entries expire.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how long to wait: for a connection (ten seconds at most), for each piece of an answer,
     * and in all before a request is not repeated any more. Of a borrowed client only the last.
     *
     * @param timeout how long, longer than zero
     * @return this builder
     * @throws InvalidOptionException if it is not
     */
    public Builder timeout(Duration timeout) {
      this.timeout = TIMEOUT.parse(timeout);
      return this;
    }

    /**
     * Sets how often a request is repeated that failed: one that only reads, or a write of which it
     * is certain that it did nothing. A write that met another one is repeated for as long as the
     * timeout allows. A borrowed client repeats its reads by its own rules besides.
     *
     * @param retries how often, not negative
     * @return this builder
     * @throws InvalidOptionException if it is
     */
    public Builder retries(int retries) {
      this.retries = RETRIES.parse(retries);
      return this;
    }

    /**
     * Sets how many requests of batches run at once.
     *
     * @param parallelism how many, from 1 to 1000
     * @return this builder
     * @throws InvalidOptionException if it is not
     */
    public Builder parallelism(int parallelism) {
      this.parallelism = PARALLELISM.parse(parallelism);
      return this;
    }

    /**
     * Says what is known about the server's conditional writes.
     *
     * @param conditional what is known
     * @return this builder
     */
    public Builder conditional(Conditional conditional) {
      this.conditional = Objects.requireNonNull(conditional, "conditional");
      return this;
    }

    /**
     * Sets the server-side encryption.
     *
     * @param sse {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
     * @return this builder
     * @throws InvalidOptionException if it is none of them
     */
    public Builder sse(String sse) {
      this.sse = SSE.parse(sse);
      return this;
    }

    /**
     * Sets the media type that objects are given.
     *
     * @param contentType a media type
     * @return this builder
     */
    public Builder contentType(String contentType) {
      this.contentType = Objects.requireNonNull(contentType, "contentType");
      return this;
    }

    /**
     * Sets a client to use, on any of the SDK's HTTP clients and with any credentials. Its own
     * retries are off for the writes of this store.
     *
     * @param client the client; it is borrowed, and never closed
     * @return this builder
     */
    public Builder client(S3Client client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    Builder longFileBytes(long bytes) {
      this.longFileBytes = bytes;
      return this;
    }

    /**
     * Opens the store, without any request.
     *
     * @return the store, to be closed by the caller or with the storage it becomes part of
     * @throws InvalidOptionException if the options do not go together
     */
    public S3Store open() {
      ObjectNames names = new ObjectNames(folder);
      if (client != null) {
        if (region != null || endpoint != null || pathStyle != null || accessKey != null) {
          throw new InvalidOptionException(
              "a 'client' has its own region, endpoint, pathStyle and credentials: give either it or them");
        }
        return new S3Store(this, names, client);
      }
      checkOnTheWay("option 'endpoint'", Optional.ofNullable(endpoint));
      S3Client own = Clients.build(this);
      try {
        checkOnTheWay(
            "the endpoint that the AWS SDK found",
            own.serviceClientConfiguration().endpointOverride());
      } catch (InvalidOptionException e) {
        own.close();
        throw e;
      }
      return new S3Store(this, names, own);
    }

    private void checkOnTheWay(String what, Optional<URI> server) {
      if (!plaintext && server.filter(Endpoints::isReadableOnTheWay).isPresent()) {
        throw new InvalidOptionException(
            what
                + " is http to another machine, where anybody on the way can read and change what is stored: use https, or set 'plaintext' to true");
      }
    }

    /**
     * Opens the store as a storage.
     *
     * @param codec how values become bytes; its media type is that of the objects
     * @param <V> the type of the values
     * @return the storage, to be closed by the caller
     * @throws InvalidOptionException as {@link #open()} does
     */
    public <V> Storage<V> storage(Codec<V> codec) {
      if (contentType == null) {
        contentType = codec.contentType();
      }
      return Storages.of(open(), codec);
    }
  }
}
