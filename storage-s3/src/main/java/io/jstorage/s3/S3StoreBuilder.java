package io.jstorage.s3;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.spi.ByteStoreBuilder;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens an {@link S3Store}. Not thread-safe. */
public final class S3StoreBuilder extends ByteStoreBuilder<S3Store, S3StoreBuilder> {
  S3StoreBuilder(String bucket) {
    set(S3Options.BUCKET, bucket);
  }

  /**
   * Sets the folder. Without one, every object of the bucket whose name is a key's belongs to the
   * store, and {@link S3Store#clear} deletes it.
   *
   * @param folder one or more names with slashes between them; the empty string for none
   * @return this builder
   */
  public S3StoreBuilder folder(String folder) {
    return set(S3Options.FOLDER, folder);
  }

  /**
   * Sets the region.
   *
   * @param region the region, such as {@code eu-west-1}
   * @return this builder
   */
  public S3StoreBuilder region(String region) {
    return set(S3Options.REGION, region);
  }

  /**
   * Sets the address of a server that is not AWS.
   *
   * @param endpoint a URL of http or https
   * @return this builder
   */
  public S3StoreBuilder endpoint(URI endpoint) {
    return set(S3Options.ENDPOINT, Endpoints.check(endpoint).toString());
  }

  /**
   * Allows an endpoint of {@code http} that is not on this machine.
   *
   * @param allowed whether values may go unencrypted over the network
   * @return this builder
   */
  public S3StoreBuilder plaintext(boolean allowed) {
    return set(S3Options.PLAINTEXT, allowed);
  }

  /**
   * Sets where the bucket is named in URLs.
   *
   * @param pathStyle true for the path, false for the host
   * @return this builder
   */
  public S3StoreBuilder pathStyle(boolean pathStyle) {
    return set(S3Options.PATH_STYLE, pathStyle);
  }

  /**
   * Sets the credentials.
   *
   * @param accessKey the access key
   * @param secretKey the secret that goes with it
   * @return this builder
   */
  public S3StoreBuilder credentials(String accessKey, String secretKey) {
    return set(S3Options.ACCESS_KEY, accessKey).set(S3Options.SECRET_KEY, secretKey);
  }

  /**
   * Sets how long an entry lives unless it is written with a time to live of its own.
   *
   * @param expiration how long, longer than zero
   * @return this builder
   */
  public S3StoreBuilder expiration(Duration expiration) {
    return set(StandardOptions.EXPIRATION, expiration);
  }

  /**
   * Sets the clock by which entries expire.
   *
   * @param clock the clock
   * @return this builder
   */
  public S3StoreBuilder clock(InstantSource clock) {
    return set(StandardOptions.CLOCK, clock);
  }

  /**
   * Sets how long to wait: for a connection (ten seconds at most), for each piece of a reply, and
   * in all until a request is no longer retried. For a borrowed client only the last applies.
   *
   * @param timeout how long, longer than zero
   * @return this builder
   */
  public S3StoreBuilder timeout(Duration timeout) {
    return set(S3Options.TIMEOUT, timeout);
  }

  /**
   * Sets how often a failed request is retried: a read, or a write that certainly changed nothing.
   * A write that conflicts with another one is retried for as long as the timeout allows. In
   * addition, a borrowed client retries its reads by its own rules.
   *
   * @param retries how often, not negative
   * @return this builder
   */
  public S3StoreBuilder retries(int retries) {
    return set(S3Options.RETRIES, retries);
  }

  /**
   * Sets how many requests of batches, and parts of streams and files, are sent at once by all
   * callers together. Beyond them, each caller of an upload sends one part at a time itself.
   *
   * @param parallelism how many, from 1 to 1000
   * @return this builder
   */
  public S3StoreBuilder parallelism(int parallelism) {
    return set(S3Options.PARALLELISM, parallelism);
  }

  /**
   * Says what is known about the server's conditional writes.
   *
   * @param conditional what is known
   * @return this builder
   */
  public S3StoreBuilder conditional(Conditional conditional) {
    return set(S3Options.CONDITIONAL, conditional);
  }

  /**
   * Sets whether writes carry a checksum in a header, by which the server sees that all bytes
   * arrived. Unless it is set, they do until the server refuses the first one for it.
   *
   * @param checksum true for always, false for never
   * @return this builder
   */
  public S3StoreBuilder checksum(boolean checksum) {
    return set(S3Options.CHECKSUM, checksum);
  }

  /**
   * Sets the server-side encryption.
   *
   * @param sse {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
   * @return this builder
   */
  public S3StoreBuilder sse(String sse) {
    return set(S3Options.SSE, sse);
  }

  /**
   * Sets the media type that objects are given.
   *
   * @param contentType a media type
   * @return this builder
   */
  public S3StoreBuilder contentType(String contentType) {
    return set(S3Options.CONTENT_TYPE, contentType);
  }

  /**
   * Sets a client to use, on any of the SDK's HTTP clients and with any credentials. Its retries
   * and its {@code aws-chunked} framing are off for the writes of this store. An interrupt during
   * one of its deletions makes the outcome unknown.
   *
   * @param client the client; it is borrowed, and never closed
   * @return this builder
   */
  public S3StoreBuilder client(S3Client client) {
    return set(S3Options.CLIENT, client);
  }

  /** Opens the store, without any request. */
  @Override
  public S3Store open() {
    return S3Store.open(options());
  }

  S3Store open(StreamUploads.Lengths lengths) {
    return S3Store.open(options(), lengths);
  }

  /** Opens the store as a storage. Unless it was set, the objects have the codec's media type. */
  @Override
  public <V> Storage<V> storage(Codec<V> codec, ByteTransform... transforms) {
    List<ByteTransform> steps = List.of(transforms);
    return Storages.of(
        S3Store.open(S3Store.withContentType(options(), codec, steps)), codec, steps);
  }
}
