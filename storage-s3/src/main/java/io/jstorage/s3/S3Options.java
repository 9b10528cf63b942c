package io.jstorage.s3;

import io.jstorage.Option;
import io.jstorage.spi.StandardOptions;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The options of an {@link S3Store}, beside {@link StandardOptions#EXPIRATION} and {@link
 * StandardOptions#CLOCK}.
 */
public final class S3Options {
  /** {@code bucket}: the bucket, which exists; a name or the ARN of an access point; required. */
  public static final Option<String> BUCKET =
      Option.text("bucket")
          .describedAs("The bucket, which exists.")
          .where(
              bucket ->
                  bucket.matches(
                      "[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]|arn:[A-Za-z0-9:/._-]+"),
              "a bucket's name or the ARN of an access point")
          .required();

  /** {@code folder}: the beginning of the names of all objects of the store; none by default. */
  public static final Option<String> FOLDER =
      Option.text("folder")
          .describedAs("The folder in the bucket; without one the whole bucket is the store's.")
          .withDefault("");

  /** {@code region}: the region; by default what the SDK finds. */
  public static final Option<String> REGION =
      Option.text("region")
          .describedAs("The region, such as eu-west-1; by default what the AWS SDK finds.")
          .where(region -> region.matches("[a-z0-9-]+"), "of a-z, 0-9 and '-'");

  /**
   * {@code endpoint}: the address of a server other than AWS; by default the one that the SDK
   * finds.
   */
  public static final Option<String> ENDPOINT =
      Option.text("endpoint")
          .describedAs("The address of a server that is not AWS, such as https://s3.example.org.");

  /** {@code plaintext}: whether an endpoint of {@code http} may be on another machine. */
  public static final Option<Boolean> PLAINTEXT =
      Option.flag("plaintext")
          .describedAs("Whether values may go unencrypted to an http endpoint elsewhere.")
          .withDefault(false);

  /**
   * {@code pathStyle}: whether the bucket is named in the path; by default if there is an endpoint.
   */
  public static final Option<Boolean> PATH_STYLE =
      Option.flag("pathStyle")
          .describedAs(
              "Whether the bucket is named in the path of the URL and not in the host;"
                  + " by default with an endpoint only.");

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
          .describedAs("How long to wait for a connection, for a reply, and for retries.")
          .withDefault(Duration.ofSeconds(30));

  /** {@code retries}: how often a request is repeated; 5 by default. */
  public static final Option<Integer> RETRIES =
      Option.integer("retries")
          .describedAs("How often a request is repeated that provably changed nothing.")
          .where(retries -> retries >= 0, "not negative")
          .withDefault(5);

  /** {@code parallelism}: how many requests of batches and uploads run at once; 16 by default. */
  public static final Option<Integer> PARALLELISM =
      Option.integer("parallelism")
          .describedAs("How many requests of batches, and parts of uploads, are sent at once.")
          .where(parallelism -> parallelism >= 1 && parallelism <= 1_000, "from 1 to 1000")
          .withDefault(16);

  /** {@code conditional}: an assertion about the server's conditional writes. */
  public static final Option<Conditional> CONDITIONAL =
      Option.choice("conditional", Conditional.class)
          .describedAs(
              "Whether the server decides conditional writes in one step;"
                  + " by default asserted for AWS, and probed elsewhere.");

  /** {@code checksum}: whether writes carry a CRC-32 in a header; by default unless refused. */
  public static final Option<Boolean> CHECKSUM =
      Option.flag("checksum")
          .describedAs(
              "Whether writes carry a CRC-32 of the value in a header;"
                  + " by default unless the server refuses it.");

  /** {@code sse}: the server-side encryption that writes ask for; by default the bucket's own. */
  public static final Option<String> SSE =
      Option.text("sse")
          .describedAs("The server-side encryption: AES256, aws:kms or aws:kms:dsse.")
          .where(
              sse -> sse.matches("AES256|aws:kms|aws:kms:dsse"), "AES256, aws:kms, aws:kms:dsse");

  /** {@code contentType}: the media type of the objects; by default that of the codec. */
  public static final Option<String> CONTENT_TYPE =
      Option.text("contentType")
          .describedAs(
              "The media type of the objects; by default the codec's,"
                  + " or application/octet-stream with transforms.")
          .where(type -> type.matches("[\\x20-\\x7e]+"), "of printable ASCII characters");

  /** {@code client}: a client of the user's, which is never closed. */
  public static final Option<S3Client> CLIENT =
      Option.object("client", S3Client.class)
          .describedAs(
              "Your own client, with region, endpoint and credentials;"
                  + " it is not closed with the storage.");

  private S3Options() {}

  /**
   * Returns all of them with {@link StandardOptions#EXPIRATION} and {@link StandardOptions#CLOCK}.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> all() {
    return Set.of(
        BUCKET,
        FOLDER,
        REGION,
        ENDPOINT,
        PLAINTEXT,
        PATH_STYLE,
        ACCESS_KEY,
        SECRET_KEY,
        TIMEOUT,
        RETRIES,
        PARALLELISM,
        CONDITIONAL,
        CHECKSUM,
        SSE,
        CONTENT_TYPE,
        CLIENT,
        StandardOptions.EXPIRATION,
        StandardOptions.CLOCK);
  }
}
