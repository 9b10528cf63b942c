package io.jstorage.s3.internal;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.s3.S3Store;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import io.jstorage.spi.StorageUrl;
import io.jstorage.spi.Storages;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** The service {@code storage.s3}. */
public final class S3Factory implements StorageFactory {
  /** For {@link java.util.ServiceLoader}. */
  public S3Factory() {}

  @Override
  public String name() {
    return "storage.s3";
  }

  @Override
  public Optional<String> defaultCodec() {
    return Optional.of("bytes");
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(
        S3Store.BUCKET,
        S3Store.FOLDER,
        S3Store.REGION,
        S3Store.ENDPOINT,
        S3Store.PLAINTEXT,
        S3Store.PATH_STYLE,
        S3Store.ACCESS_KEY,
        S3Store.SECRET_KEY,
        S3Store.TIMEOUT,
        S3Store.RETRIES,
        S3Store.PARALLELISM,
        S3Store.CONDITIONAL,
        S3Store.SSE,
        S3Store.CLIENT,
        StandardOptions.EXPIRATION,
        StandardOptions.CLOCK);
  }

  /** {@code s3://bucket/folder/?region=…}: the host is the bucket, the path the folder. */
  @Override
  public StorageOptions fromUrl(StorageUrl url) {
    if (url.userInfo().isPresent() || url.port().isPresent()) {
      throw new InvalidOptionException(
          "a URL of S3 has no user and no port: write s3://bucket/folder/?endpoint=…&accessKey=…&secretKey=…");
    }
    StorageOptions options = StorageOptions.from(url.query());
    if (url.host().isPresent()) {
      options = withNew(options, S3Store.BUCKET, url.host().get());
    }
    String folder = url.path().replaceFirst("^/", "");
    return folder.isEmpty() ? options : withNew(options, S3Store.FOLDER, folder);
  }

  private static StorageOptions withNew(
      StorageOptions options, Option<String> option, String value) {
    if (options.has(option)) {
      throw new InvalidOptionException(
          "option '%s' is given twice, before and after the '?' of the URL"
              .formatted(option.name()));
    }
    return options.with(option, value);
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    S3Store.Builder builder = builder(spec.options());
    if (spec.transforms().isEmpty()) {
      builder.contentType(spec.codec().contentType());
    }
    return Storages.of(builder.open(), spec.codec(), spec.transforms());
  }

  private static S3Store.Builder builder(StorageOptions options) {
    S3Store.Builder builder =
        S3Store.in(options.get(S3Store.BUCKET))
            .folder(options.get(S3Store.FOLDER))
            .plaintext(options.get(S3Store.PLAINTEXT))
            .timeout(options.get(S3Store.TIMEOUT))
            .retries(options.get(S3Store.RETRIES))
            .parallelism(options.get(S3Store.PARALLELISM))
            .clock(options.get(StandardOptions.CLOCK));
    options.find(S3Store.REGION).ifPresent(builder::region);
    options.find(S3Store.ENDPOINT).map(S3Factory::toUri).ifPresent(builder::endpoint);
    options.find(S3Store.PATH_STYLE).ifPresent(builder::pathStyle);
    if (options.has(S3Store.ACCESS_KEY) || options.has(S3Store.SECRET_KEY)) {
      builder.credentials(options.get(S3Store.ACCESS_KEY), options.get(S3Store.SECRET_KEY));
    }
    options.find(StandardOptions.EXPIRATION).ifPresent(builder::expiration);
    options.find(S3Store.CONDITIONAL).ifPresent(builder::conditional);
    options.find(S3Store.SSE).ifPresent(builder::sse);
    options.find(S3Store.CLIENT).ifPresent(builder::client);
    return builder;
  }

  /** The message of the exception would show what may be a secret in the wrong place. */
  private static URI toUri(String endpoint) {
    try {
      return new URI(endpoint);
    } catch (URISyntaxException e) {
      throw new InvalidOptionException("option 'endpoint' is no URL: %s".formatted(e.getReason()));
    }
  }
}
