package io.jstorage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.s3.S3Store;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.StorageUrl;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3FactoryTest {
  private final StorageProvider provider = StorageProvider.load();

  private static StorageOptions optionsOf(String url) {
    return new S3Factory().fromUrl(StorageUrl.parse(url));
  }

  @Test
  void aUrlNamesTheBucketAndTheFolder() {
    assertThat(optionsOf("s3://some-bucket/a/b%20c/?region=eu-west-1"))
        .isEqualTo(
            StorageOptions.of("region", "eu-west-1", "bucket", "some-bucket", "folder", "a/b c/"));
    assertThat(optionsOf("s3://some-bucket")).isEqualTo(StorageOptions.of("bucket", "some-bucket"));
    assertThat(optionsOf("s3://some-bucket/")).isEqualTo(optionsOf("s3://some-bucket"));
    assertThat(optionsOf("s3:?bucket=b&folder=f"))
        .isEqualTo(StorageOptions.of("bucket", "b", "folder", "f"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bkt/f?folder=g",
        "s3://bkt?bucket=c",
        "s3://key:SECRET@bkt/f",
        "s3://bkt:9000/f",
        "s3://bkt//f",
        "s3://bkt/f//",
        "s3://bkt/?endpoint=ftp://host",
        "s3://bkt/?endpoint=http://user:SECRET@127.0.0.1",
        "s3://bkt/?endpoint=http://127.0.0.1?x=SECRET",
        "s3://bkt/?endpoint=http://SECRET 127.0.0.1",
        "s3://bkt/?endpoint=http://example.org",
        "s3://bkt/?endpoint=http://127.0.0.1.example.org",
        "s3://bkt/?region=eu/west",
        "s3://bkt/?region=eu-west-1&accessKey=SECRET",
        "s3://bkt/?region=eu-west-1&secretKey=SECRET",
        "s3://bkt/?region=eu-west-1&sse=none",
        "s3://bkt/?region=eu-west-1&retries=-1",
        "s3://bkt/?region=eu-west-1&parallelism=0",
        "s3://bkt/?region=eu-west-1&conditional=maybe",
        "s3://bkt/?region=eu-west-1&expiration=0",
        "s3://not%20a%20bucket/?region=eu-west-1",
        "s3://..%2Fother/?region=eu-west-1",
        "s3:/f?region=eu-west-1",
      })
  void aUrlThatMakesNoSenseIsRefused(String url) {
    assertThatThrownBy(() -> provider.open(url))
        .isInstanceOf(InvalidOptionException.class)
        .message()
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bkt/f/?region=eu-west-1, s3://bkt/f/",
    "s3://bkt/?endpoint=http://localhost:9000, s3://bkt/ at http://localhost:9000",
    "s3://bkt/?endpoint=http://[::1]:9000, s3://bkt/ at http://[::1]:9000",
    "s3://bkt/?endpoint=https://s3.example.org, s3://bkt/ at https://s3.example.org",
    "s3://bkt/?endpoint=http://s3.example.org&plaintext=true, s3://bkt/ at http://s3.example.org",
  })
  void aStorageNamesItsPlaceAndSendsNothingWhenItIsMade(String url, String place) {
    try (Storage<Object> storage = provider.open(url)) {
      assertThat(storage).hasToString(place);
    }
  }

  @Test
  void aClientComesWithItsRegionEndpointAndCredentials() {
    try (S3Client client = client();
        S3Store store = S3Store.in("bkt").client(client).open()) {
      assertThat(store.unwrap(S3Client.class)).contains(client);
      assertThatThrownBy(() -> S3Store.in("bkt").client(client).region("eu-west-1").open())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("client", "region");
      URI endpoint = URI.create("http://localhost:9000");
      assertThatThrownBy(() -> S3Store.in("bkt").client(client).endpoint(endpoint).open())
          .isInstanceOf(InvalidOptionException.class);
      assertThatThrownBy(() -> S3Store.in("bkt").client(client).plaintext(true).open())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("plaintext");
      assertThatThrownBy(() -> S3Store.in("bkt").client(client).credentials("a", "b").open())
          .isInstanceOf(InvalidOptionException.class)
          .message()
          .doesNotContain("'b'");
    }
  }

  @Test
  void optionsOfTheProviderReachTheStore() {
    try (S3Client client = client();
        Storage<Object> storage =
            provider.create(
                "storage.s3",
                StorageOptions.of("bucket", "bkt", "folder", "f", "client", client)
                    .with("expiration", Duration.ofHours(1))
                    .with("timeout", "5s")
                    .with("retries", 2)
                    .with("parallelism", 4)
                    .with("conditional", "deny")
                    .with("sse", "aws:kms"))) {
      assertThat(storage.unwrap(S3Client.class)).contains(client);
      assertThat(storage.unwrap(ByteStore.class)).get().hasToString("s3://bkt/f/");
      assertThat(storage.capabilities()).extracting(Enum::name).containsExactly("EXPIRY");
    }
  }

  private static S3Client client() {
    return S3Client.builder()
        .region(Region.EU_WEST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }
}
