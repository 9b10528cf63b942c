package io.jstorage.s3;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.SettableClock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The contract on a server of other people's, which takes conditions and does not decide them in
 * one step. It is slow: with {@code -Djstorage.s3.full=true} only.
 */
@EnabledIfSystemProperty(named = "jstorage.s3.full", matches = "true")
class S3MockContractTest extends ByteStoreContract {
  private static S3MockServer server;
  private static int opened;

  @BeforeAll
  static void start() {
    server = S3MockServer.start();
    try (S3Client client = S3Clients.of(server.endpoint(), "us-east-1", "any", "any")) {
      client.createBucket(request -> request.bucket("bucket"));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static S3StoreBuilder builder(String folder, SettableClock clock) {
    return S3Store.in("bucket")
        .folder(folder)
        .endpoint(server.endpoint())
        .region("us-east-1")
        .credentials("any", "any")
        .conditional(Conditional.DENY)
        .clock(clock);
  }

  @Override
  public ByteStore openStore(SettableClock clock) {
    opened++;
    return builder("store" + opened, clock).open();
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(builder("store" + opened, clock).storage(Codecs.text()));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(builder("store" + opened + "b", clock).storage(Codecs.text()));
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public int many() {
    return 100;
  }

  /** Two that remove at once may both see the object go. */
  @Override
  @Test
  public void aRaceOfRemoveHasOneWinner() {
    Assumptions.abort("without conditional deletions nobody decides who removed an object");
  }

  /** Its answer breaks off, which is a failure and no value. */
  @Override
  @Test
  public void aReaderSeesOneOfTheValuesWrittenAndNeverAMiss() {
    Assumptions.abort("it overwrites the file of an object that is being read");
  }

  @Override
  public int fuzzedKeys() {
    return 200;
  }
}
