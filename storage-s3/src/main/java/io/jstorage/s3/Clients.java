package io.jstorage.s3;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.s3.requests.UninterruptedHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the SDK's client of a store's options. Nothing is sent. */
final class Clients {
  /** The region that servers without regions expect, which are not AWS. */
  private static final Region ANY_REGION = Region.US_EAST_1;

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** Beyond the threads of batches, for all other callers and the streams that they hold open. */
  private static final int OTHER_CONNECTIONS = 64;

  private Clients() {}

  /** Returns the user's client, or one of our own, to be closed with the store. */
  static S3Client of(StorageOptions options) {
    Optional<S3Client> borrowed = options.find(S3Options.CLIENT);
    if (borrowed.isPresent()) {
      if (options.has(S3Options.REGION)
          || options.has(S3Options.ENDPOINT)
          || options.has(S3Options.PLAINTEXT)
          || options.has(S3Options.PATH_STYLE)
          || options.has(S3Options.ACCESS_KEY)
          || options.has(S3Options.SECRET_KEY)) {
        throw new InvalidOptionException(
            "a 'client' has its own region, endpoint, pathStyle and credentials, and may use http"
                + " without 'plaintext': give either it or them");
      }
      return borrowed.get();
    }
    Optional<URI> endpoint = options.find(S3Options.ENDPOINT).map(Endpoints::parse);
    checkOnTheWay("option 'endpoint'", endpoint, options);
    S3Client client = build(options, endpoint);
    try {
      checkOnTheWay(
          "the endpoint that the AWS SDK found",
          client.serviceClientConfiguration().endpointOverride(),
          options);
      return client;
    } catch (InvalidOptionException e) {
      client.close();
      throw e;
    }
  }

  private static void checkOnTheWay(String what, Optional<URI> server, StorageOptions options) {
    if (!options.get(S3Options.PLAINTEXT)
        && server.filter(Endpoints::isReadableOnTheWay).isPresent()) {
      throw new InvalidOptionException(
          what
              + " is http to another machine, where anybody on the way can read and change what is"
              + " stored: use https, or set 'plaintext' to true");
    }
  }

  private static S3Client build(StorageOptions options, Optional<URI> endpoint) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UninterruptedHttpClient.around(httpClient(options)))
            .overrideConfiguration(
                overrides -> overrides.retryStrategy(AwsRetryStrategy.doNotRetry()))
            // Each write brings its own checksum in a header, which most servers understand.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            // Over http the SDK frames bodies otherwise, and some servers store the frame.
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .forcePathStyle(options.find(S3Options.PATH_STYLE).orElse(endpoint.isPresent()));
    endpoint.ifPresent(builder::endpointOverride);
    region(options, endpoint).ifPresent(builder::region);
    if (options.has(S3Options.ACCESS_KEY) || options.has(S3Options.SECRET_KEY)) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  options.get(S3Options.ACCESS_KEY), options.get(S3Options.SECRET_KEY))));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new InvalidOptionException(
          "cannot make a client for bucket '%s': %s. Give the option 'region', or let the AWS SDK find one"
              .formatted(options.get(S3Options.BUCKET), e.getMessage()),
          e);
    }
  }

  private static SdkHttpClient.Builder<?> httpClient(StorageOptions options) {
    Duration timeout = options.get(S3Options.TIMEOUT);
    return Apache5HttpClient.builder()
        .maxConnections(options.get(S3Options.PARALLELISM) + OTHER_CONNECTIONS)
        .connectionTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
        .socketTimeout(timeout)
        .connectionAcquisitionTimeout(timeout);
  }

  /** Empty where the SDK shall look for it, also on the network. */
  private static Optional<Region> region(StorageOptions options, Optional<URI> endpoint) {
    Optional<String> given = options.find(S3Options.REGION);
    if (given.isPresent() || endpoint.isEmpty()) {
      return given.map(Region::of);
    }
    try {
      return Optional.of(
          new AwsRegionProviderChain(
                  new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
              .getRegion());
    } catch (SdkClientException e) {
      return Optional.of(ANY_REGION);
    }
  }
}
