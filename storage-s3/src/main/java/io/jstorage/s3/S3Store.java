package io.jstorage.s3;

import io.jstorage.ByteTransform;
import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.s3.requests.Attempts;
import io.jstorage.s3.requests.Bucket;
import io.jstorage.s3.requests.Bucket.Deletion;
import io.jstorage.s3.requests.EntityTag;
import io.jstorage.s3.requests.Lifetime;
import io.jstorage.s3.requests.Listing;
import io.jstorage.s3.requests.Metadata;
import io.jstorage.s3.requests.ObjectBytes;
import io.jstorage.s3.requests.ObjectStream;
import io.jstorage.s3.requests.Payload;
import io.jstorage.s3.requests.Requests;
import io.jstorage.s3.requests.S3Failures.Kind;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A store of one object per key in a bucket of S3 or of a server that speaks its protocol. An
 * object holds the bytes and nothing else; its name is the folder, a slash and the key, in which
 * characters that some servers change are escaped as {@code %xx}. Stores of different folders do
 * not see each other. Objects that other programs put into the folder are entries too if their
 * names are those of keys; all others are never touched.
 *
 * <p>A write is never sent twice unless the first one certainly changed nothing: sent again after a
 * lost reply, it would undo later changes of others. It has a random id in the object's metadata.
 * If its reply is lost, the store looks for that id, and if it is not there the outcome is unknown.
 * A deletion has no such trace: if its reply is lost, the outcome is unknown.
 *
 * <p>Without an {@code expiration} the store is {@link Capability#ATOMIC} if the server decides
 * conditional writes. That is assumed for AWS. For other servers {@link Conditional} says so, or a
 * probe tests it once, when it is first needed, by a dozen requests for an object that is deleted
 * again. With an {@code expiration} the store has {@link Capability#EXPIRY} instead, as a server
 * compares only content, not deadlines. The deadline is in the object's metadata; an object without
 * one does not expire. Either all openers of a folder must give an expiration, or none. A read
 * never deletes an expired entry: {@link #purgeExpired}, {@link #clear} and the bucket's lifecycle
 * rules do. A purge may delete bytes that another process wrote between its two requests, if they
 * equal the expired ones; bytes of this JVM only if the reply to the deletion was lost.
 *
 * <p>Keys have up to 341 bytes in UTF-8, less a third of the folder's length. {@link #keys} and
 * {@link #count} may include expired entries. The bucket is never made; a missing bucket or
 * permission is a failure and never a miss.
 *
 * <p>Thread-safe. In requests, {@code read} costs one, {@code contains} one, {@code write} one,
 * {@code delete} two, a listing one for each 1 000 keys and so does {@code deleteAll}; a miss of
 * {@code contains} or {@code delete} costs one more if the server has not answered for ten seconds.
 * Virtual threads are an exception to the rule about interrupts: the JDK closes the connection of
 * an interrupted one, so that the outcome of a write may be unknown.
 */
public final class S3Store implements ByteStore, ByteStreams, Closeable {
  private final String place;
  private final ObjectNames names;
  private final Bucket bucket;
  private final boolean borrowed;
  private final ConditionProbe probe;
  private final @Nullable Duration expiration;
  private final InstantSource clock;
  private final ExpiredObjects expired;
  private final WritesInFlight writes;
  private final StreamUploads uploads;
  private final Parallel parallel;
  private final ManyObjects many;

  private S3Store(
      StorageOptions options, ObjectNames names, S3Client client, StreamUploads.Lengths lengths) {
    String bucketName = options.get(S3Options.BUCKET);
    Optional<URI> endpoint = client.serviceClientConfiguration().endpointOverride();
    this.place =
        "s3://%s/%s%s"
            .formatted(
                bucketName,
                names.prefix(),
                endpoint.map(uri -> " at " + Endpoints.withoutUser(uri)).orElse(""));
    this.names = names;
    this.borrowed = options.has(S3Options.CLIENT);
    // AWS is not asked what it is known to do.
    Conditional conditional =
        options.find(S3Options.CONDITIONAL).orElse(endpoint.isEmpty() ? Conditional.ASSERT : null);
    this.bucket =
        new Bucket(
            client,
            new Requests(
                bucketName,
                options.find(S3Options.SSE).orElse(null),
                options.find(S3Options.CONTENT_TYPE).orElse("application/octet-stream"),
                borrowed),
            new Attempts(options.get(S3Options.TIMEOUT), options.get(S3Options.RETRIES), !borrowed),
            options.find(S3Options.CHECKSUM).orElse(null),
            conditional == null ? null : conditional == Conditional.ASSERT);
    this.probe = new ConditionProbe(bucket, names, conditional);
    this.expiration = options.find(StandardOptions.EXPIRATION).orElse(null);
    this.clock = options.get(StandardOptions.CLOCK);
    this.expired = new ExpiredObjects(bucket, names, clock, expiration);
    this.writes = new WritesInFlight(bucketName, bucket.timeout());
    this.parallel = new Parallel(options.get(S3Options.PARALLELISM), "jstorage-s3-" + bucketName);
    this.uploads = new StreamUploads(bucket, names, lengths, parallel, this::beginWrite);
    this.many = new ManyObjects(bucket, names, parallel);
  }

  /**
   * Returns a builder of a store of a whole bucket, without expiration, with region and credentials
   * as the SDK finds them, a timeout of 30 seconds, 5 retries, and 16 requests of batches and parts
   * of uploads at once.
   *
   * @param bucket the bucket, which exists; a name or the ARN of an access point
   * @return a builder
   * @throws InvalidOptionException if it is neither
   */
  public static S3StoreBuilder in(String bucket) {
    return new S3StoreBuilder(bucket);
  }

  /**
   * Opens a store, without any request.
   *
   * @param options the {@link S3Options}
   * @return the store, to be closed by the caller or with the storage that it becomes part of
   * @throws InvalidOptionException if the options do not go together
   */
  public static S3Store open(StorageOptions options) {
    return open(options, StreamUploads.Lengths.USUAL);
  }

  static S3Store open(StorageOptions options, StreamUploads.Lengths lengths) {
    ObjectNames names = new ObjectNames(options.get(S3Options.FOLDER));
    return new S3Store(options, names, Clients.of(options), lengths);
  }

  /**
   * Returns options for the values of a codec: with the codec's media type for the objects, unless
   * they have another one or the bytes are transformed.
   *
   * @param options the options
   * @param codec how values become bytes
   * @param transforms the steps between codec and store
   * @return the options
   */
  public static StorageOptions withContentType(
      StorageOptions options, Codec<?> codec, List<? extends ByteTransform> transforms) {
    return options.has(S3Options.CONTENT_TYPE) || !transforms.isEmpty()
        ? options
        : options.with(S3Options.CONTENT_TYPE, codec.contentType());
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    ObjectBytes found = bucket.get(names.nameOf(key), ObjectBytes.reader());
    return found == null || expired.contains(found.response().metadata()) ? null : found.bytes();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) throws IOException {
    ObjectBytes found = bucket.get(names.nameOf(key), ObjectBytes.reader());
    if (found == null || expired.contains(found.response().metadata())) {
      return null;
    }
    Entry<byte[]> entry = Entry.of(found.bytes());
    if (expiration != null) {
      Instant deadline = Metadata.deadline(found.response().metadata());
      return deadline == null ? entry : entry.withExpiresAt(deadline);
    }
    String tag = found.response().eTag();
    if (tag != null && EntityTag.isStrong(tag)) {
      return entry.withVersion(EntityTag.toVersion(tag));
    }
    // Without a version, those that compare and set would go on for ever.
    if (probe.lack() == null) {
      throw Bucket.noStrongTag(tag);
    }
    return entry;
  }

  @Override
  public boolean contains(String key) throws IOException {
    HeadObjectResponse head = bucket.head(names.nameOf(key));
    return head != null && !expired.contains(head.metadata());
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    String name = names.nameOf(key);
    Payload payload = Payload.of(bytes);
    WritesInFlight.Write write = beginWrite(name);
    try {
      return bucket.put(name, payload, lifetime(options), options.condition());
    } finally {
      write.end();
    }
  }

  private WritesInFlight.Write beginWrite(String name) throws IOException {
    return expiration == null ? WritesInFlight.Write.UNWATCHED : writes.begin(name);
  }

  private Lifetime lifetime(WriteOptions options) {
    Duration ttl = options.ttl() == null ? expiration : options.ttl();
    return ttl == null ? Lifetime.UNLIMITED : new Lifetime(clock, ttl);
  }

  /**
   * Deletes the existing object, and returns truthfully whether one existed: by the object's entity
   * tag, and again if it changed concurrently. Two requests. If the server does not decide
   * conditional deletions, several callers that delete one object concurrently may all be told that
   * it existed.
   */
  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    String name = names.nameOf(key);
    if (condition.version() != null) {
      String tag = EntityTag.ofVersion(condition.version());
      return tag != null && bucket.delete(name, tag) == Deletion.DONE;
    }
    Attempts.Series series = bucket.begin();
    do {
      HeadObjectResponse head = bucket.head(name);
      if (head == null || expired.contains(head.metadata())) {
        return false;
      }
      if (bucket.deleteSeen(name, head.eTag()) == Deletion.DONE) {
        return true;
      }
    } while (series.again(Kind.CONFLICT));
    throw ByteStoreException.unavailable(
        "the object was another one at each of many looks until the timeout", null);
  }

  @Override
  public Stream<String> keys(String prefix) {
    String start = names.startOf(prefix);
    if (start == null) {
      return Stream.empty();
    }
    return Listing.of(bucket, start)
        .mapMulti(
            (object, sink) -> {
              String key = names.keyOf(object.key());
              if (key != null && key.startsWith(prefix)) {
                sink.accept(key);
              }
            });
  }

  /**
   * Deletes the objects of all keys, also of those that are written concurrently. All others stay:
   * objects outside the folder, objects whose name is no key's, and parts of uploads that did not
   * end. Two requests for each 1 000.
   */
  @Override
  public void clear() throws IOException {
    many.deleteAll();
  }

  /**
   * Deletes the objects whose deadline has passed, and those that killed processes left of uploads
   * a week ago. One request for each 1 000 keys, one for each key, and one for each expired one;
   * the first time four more, which show whether the server decides conditional deletions.
   *
   * @throws IOException also if it does not: a purge would delete what was just written
   */
  @Override
  public long purgeExpired() throws IOException {
    if (expiration == null) {
      throw capabilities().refusal("purgeExpired", Capability.EXPIRY, place);
    }
    String lack = probe.lackOfDeletion();
    if (lack != null) {
      throw new IOException(
          ("a purge could delete values that were just written, as %s:"
                  + " leave expired objects to the bucket's lifecycle rules")
              .formatted(lack));
    }
    return many.purge(expired, writes);
  }

  @Override
  public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
    Map<String, byte[]> found = new ConcurrentHashMap<>();
    parallel
        .run(
            keys,
            key -> {
              byte[] bytes = read(key, Access.TOUCH);
              if (bytes != null) {
                found.put(key, bytes);
              }
            })
        .forEach(failed);
    return Map.copyOf(found);
  }

  @Override
  public void writeAll(
      Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed) {
    parallel
        .run(
            List.copyOf(values.entrySet()),
            entry -> write(entry.getKey(), entry.getValue(), options))
        .forEach((entry, failure) -> failed.accept(entry.getKey(), failure));
  }

  /** Deletes by one request for each 1 000 keys. */
  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
    many.delete(keys, failed);
  }

  /**
   * Opens the bytes under a key. One request; a connection is held until the stream is closed.
   * Closing it before its end closes the connection. The SDK abandons a stream that is not read
   * within a minute.
   */
  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    ResponseInputStream<GetObjectResponse> response =
        bucket.get(names.nameOf(key), ResponseTransformer.toInputStream());
    if (response == null) {
      return null;
    }
    boolean gone = true;
    try {
      gone = expired.contains(response.response().metadata());
    } finally {
      if (gone) {
        response.abort();
      }
    }
    return gone ? null : new ObjectStream(response);
  }

  /**
   * Writes the bytes of a stream up to its end. Less than 5 MiB take one request. Longer values are
   * sent in parts of 5 MiB, from 5 GB on in longer ones, several at a time while the caller reads
   * on. Parts of all streams of the store take up to 50 MiB of memory, or half of the heap, and one
   * part for each further stream. After a failure no more are sent; those on their way end first.
   * The server then copies a longer value that expires, which takes three requests more, so that
   * its time to live begins when the last part has arrived. If the process is killed or the store
   * closed before the end, invisible parts are left, which a lifecycle rule should remove.
   */
  @Override
  public boolean writeStream(String key, InputStream bytes, WriteOptions options)
      throws IOException {
    checkCondition(options.condition());
    return uploads.write(names.nameOf(key), bytes, lifetime(options), options.condition());
  }

  /**
   * Writes the content of a file. Up to 8 MiB take one request; longer files are sent in parts of
   * that length, from 80 GB on in longer ones, as {@link #writeStream} does. The file is read
   * twice, for checksums and to be sent, and never held in memory.
   */
  @Override
  public boolean writeFile(String key, Path source, WriteOptions options) throws IOException {
    if (!Files.isRegularFile(source)) {
      return ByteStreams.super.writeFile(key, source, options);
    }
    checkCondition(options.condition());
    return uploads.writeFile(names.nameOf(key), source, lifetime(options), options.condition());
  }

  /** A server that decides the conditions of a PUT may not decide those of an upload in parts. */
  private void checkCondition(Condition condition) throws IOException {
    String lack = condition.isNone() ? null : probe.lackOfUploads();
    if (lack != null) {
      throw new UnsupportedOperationException(
          "a stream cannot be written conditionally to %s, as %s: write without a condition"
              .formatted(place, lack));
    }
  }

  @Override
  public Capabilities capabilities() throws IOException {
    if (expiration != null) {
      return Capabilities.of(Capability.EXPIRY)
          .without(
              Capability.ATOMIC,
              "a server compares content and not deadlines: open it without 'expiration', or use"
                  + " put and remove");
    }
    String lack = probe.lack();
    return lack == null
        ? Capabilities.of(Capability.ATOMIC)
        : Capabilities.NONE.without(
            Capability.ATOMIC, lack + ": use put and remove, or a storage that is ATOMIC");
  }

  @Override
  public int maxKeyBytes() {
    return names.maxKeyBytes();
  }

  /** Returns this store or the SDK's {@link S3Client}. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    Optional<T> store = ByteStore.super.unwrap(type);
    return store.isEmpty() && type.isInstance(bucket.client())
        ? Optional.of(type.cast(bucket.client()))
        : store;
  }

  /**
   * Closes the client, which ends the requests in flight, unless it is borrowed: those of a
   * borrowed client continue to their end.
   */
  @Override
  public void close() {
    parallel.close();
    if (!borrowed) {
      bucket.client().close();
    }
  }

  /** Names the bucket, the folder and the endpoint. */
  @Override
  public String toString() {
    return place;
  }
}
