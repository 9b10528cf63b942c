package io.jstorage.s3;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A store of one object per key in a bucket. */
public final class S3Store implements ByteStore {
  /** {@code bucket}: the bucket; required. */
  public static final Option<String> BUCKET =
      Option.text("bucket").describedAs("The bucket, which exists.").required();

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
          .describedAs("The address of a server that is not AWS, such as https://s3.example.org.")
          .where(Endpoints::isEndpoint, "a URL of http or https with nothing but host and port");

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
              "Whether the server decides conditional writes in one step; by default true for AWS, and tried out elsewhere.");

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

  private S3Store() {}

  /**
   * Begins to open a store.
   *
   * @param bucket the bucket, which exists
   * @return a builder
   */
  public static Builder in(String bucket) {
    return new Builder(bucket);
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    throw new IOException("nothing to read from yet");
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    throw new IOException("nowhere to write to yet");
  }

  @Override
  public boolean delete(String key) throws IOException {
    throw new IOException("nothing to delete from yet");
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    throw new IOException("nothing to list yet");
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

    private Builder(String bucket) {
      this.bucket = BUCKET.parse(bucket);
    }

    /**
     * Sets the folder.
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
      this.endpoint = URI.create(ENDPOINT.parse(endpoint.toString()));
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
     * Sets how long to wait.
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
     * Sets how often a request is repeated.
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
     * Sets a client to use.
     *
     * @param client the client; it is borrowed, and never closed
     * @return this builder
     */
    public Builder client(S3Client client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * Opens the store, without any request.
     *
     * @return the store, to be closed by the caller or with the storage it becomes part of
     * @throws InvalidOptionException if the options do not go together
     */
    public S3Store open() {
      return new S3Store();
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
