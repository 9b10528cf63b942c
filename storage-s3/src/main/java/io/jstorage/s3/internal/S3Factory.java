package io.jstorage.s3.internal;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.s3.S3Options;
import io.jstorage.s3.S3Store;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StorageSpec;
import io.jstorage.spi.StorageUrl;
import io.jstorage.spi.Storages;
import java.util.Set;

/** The service {@code storage.s3}. */
public final class S3Factory extends ByteStoreFactory {
  /** For {@link java.util.ServiceLoader}. */
  public S3Factory() {}

  @Override
  public String name() {
    return "storage.s3";
  }

  @Override
  public Set<Option<?>> options() {
    return S3Options.all();
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
      options = withNew(options, S3Options.BUCKET, url.host().get());
    }
    String folder = url.path().replaceFirst("^/", "");
    return folder.isEmpty() ? options : withNew(options, S3Options.FOLDER, folder);
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
  protected S3Store open(StorageOptions options) {
    return S3Store.open(options);
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    StorageOptions options =
        S3Store.withContentType(spec.options(), spec.codec(), spec.transforms());
    return Storages.of(open(options), spec.codec(), spec.transforms());
  }
}
