package io.jstorage.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/** Takes the SDK's retries from single requests of a client, which is always the same one. */
final class NoRetries implements SdkPlugin {
  private volatile @Nullable ClientOverrideConfiguration made;

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder config) {
    ClientOverrideConfiguration overrides = made;
    if (overrides == null) {
      overrides =
          config.overrideConfiguration().toBuilder()
              .retryStrategy(AwsRetryStrategy.doNotRetry())
              .build();
      made = overrides;
    }
    config.overrideConfiguration(overrides);
  }
}
