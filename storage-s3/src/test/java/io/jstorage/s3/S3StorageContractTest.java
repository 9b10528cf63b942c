package io.jstorage.s3;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.StandardOptions;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The service {@code storage.s3} by its name, on a server whose conditional writes are not to be
 * relied on, as many are.
 */
class S3StorageContractTest extends StorageContract {
  @RegisterExtension final TestBucket bucket = new TestBucket();
  private int opened;

  private StorageOptions options(String folder, SettableClock clock) {
    StorageOptions options =
        StorageOptions.of("bucket", bucket.bucket(), "folder", bucket.folder() + "/" + folder)
            .with(StandardOptions.CLOCK, clock)
            .with("conditional", "deny")
            .with("codec", "text");
    URI server = bucket.server();
    if (server != null) {
      options = options.with("endpoint", server.toString());
    }
    if (bucket.region() != null) {
      options = options.with("region", bucket.region());
    }
    if (bucket.accessKey() != null) {
      options =
          options
              .with("accessKey", bucket.accessKey())
              .with("secretKey", Objects.requireNonNull(bucket.secretKey()));
    }
    return options;
  }

  private Storage<String> create(String folder, SettableClock clock) {
    return StorageProvider.load().create("storage.s3", String.class, options(folder, clock));
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    opened++;
    return create("store" + opened, clock);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(create("store" + opened, clock));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(create("store", clock));
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(
        StorageProvider.load()
            .create("storage.s3", byte[].class, options("bytes", clock).without("codec")));
  }

  /** A third of the rest of an object's name. */
  @Override
  public int maxKeyBytes() {
    return (1024 - (bucket.folder() + "/store1/").length()) / 3;
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public int many() {
    return 300;
  }

  @Override
  public int fuzzedKeys() {
    return 200;
  }

  @Override
  public boolean damage(String key) {
    bucket
        .client()
        .putObject(
            put ->
                put.bucket(bucket.bucket())
                    .key("%s/store%d/%s".formatted(bucket.folder(), opened, key)),
            RequestBody.fromBytes(new byte[] {(byte) 0xff}));
    return true;
  }

  /** Two that remove at once may both see the object go. */
  @Override
  @Test
  public void aRaceOfRemoveHasOneWinner() {
    Assumptions.abort("without conditional deletions nobody decides who removed an object");
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(10).length(40).check();
  }
}
