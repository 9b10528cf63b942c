package io.jstorage.s3.requests;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/**
 * Switches off two features for the writes of a borrowed client: retries, and framing bodies as
 * {@code aws-chunked} over http, which several servers store as if it were the value. For one
 * client.
 */
final class BorrowedClientPlugin implements SdkPlugin {
  private volatile @Nullable ClientOverrideConfiguration withoutRetries;
  private volatile @Nullable S3AuthSchemeProvider withoutChunks;

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder config) {
    ClientOverrideConfiguration overrides = withoutRetries;
    if (overrides == null) {
      overrides =
          config.overrideConfiguration().toBuilder()
              .retryStrategy(AwsRetryStrategy.doNotRetry())
              .build();
      withoutRetries = overrides;
    }
    config.overrideConfiguration(overrides);
    if (config instanceof S3ServiceClientConfiguration.Builder s3) {
      S3AuthSchemeProvider schemes = withoutChunks;
      if (schemes == null) {
        schemes = withoutChunks(s3.authSchemeProvider());
        withoutChunks = schemes;
      }
      s3.authSchemeProvider(schemes);
    }
  }

  private static S3AuthSchemeProvider withoutChunks(S3AuthSchemeProvider schemes) {
    return parameters ->
        schemes.resolveAuthScheme(parameters).stream()
            .map(BorrowedClientPlugin::withoutChunks)
            .toList();
  }

  private static AuthSchemeOption withoutChunks(AuthSchemeOption scheme) {
    return scheme.toBuilder()
        .putSignerProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, false)
        .build();
  }

  /** Returns the plugins of the writes of a client. */
  static List<SdkPlugin> of(boolean borrowed) {
    return borrowed ? List.of(new BorrowedClientPlugin()) : List.of();
  }
}
