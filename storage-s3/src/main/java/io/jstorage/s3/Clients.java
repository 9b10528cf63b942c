package io.jstorage.s3;

import io.jstorage.InvalidOptionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's client of a builder's settings. Nothing is sent. */
final class Clients {
  /** What servers that are not AWS expect when they have no regions. */
  private static final Region ANY_REGION = Region.US_EAST_1;

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** Beyond the threads of batches, for all other callers and the streams that they hold open. */
  private static final int OTHER_CONNECTIONS = 64;

  private Clients() {}

  static S3Client build(S3Store.Builder settings) {
    Duration timeout = settings.timeout;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(settings.parallelism + OTHER_CONNECTIONS)
                    .connectionTimeout(
                        timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                    .socketTimeout(timeout)
                    .connectionAcquisitionTimeout(timeout))
            .overrideConfiguration(
                overrides -> overrides.retryStrategy(AwsRetryStrategy.doNotRetry()))
            // Each write brings its own checksum in a header, which all servers can live with.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .forcePathStyle(
                settings.pathStyle == null ? settings.endpoint != null : settings.pathStyle);
    if (settings.endpoint != null) {
      builder.endpointOverride(settings.endpoint);
    }
    Region region = region(settings);
    if (region != null) {
      builder.region(region);
    }
    if (settings.accessKey != null && settings.secretKey != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(settings.accessKey, settings.secretKey)));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new InvalidOptionException(
          "cannot make a client for bucket '%s': %s. Give the option 'region', or let the AWS SDK find one"
              .formatted(settings.bucket, e.getMessage()),
          e);
    }
  }

  /** Null where the SDK shall look for it, also on the network. */
  private static @Nullable Region region(S3Store.Builder settings) {
    if (settings.region != null) {
      return Region.of(settings.region);
    }
    if (settings.endpoint == null) {
      return null;
    }
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return ANY_REGION;
    }
  }
}
