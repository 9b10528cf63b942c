import io.jstorage.s3.internal.S3Factory;
import io.jstorage.spi.StorageFactory;

/**
 * Storages of one object per key in a bucket of S3, or of a server that speaks its protocol: the
 * service {@code storage.s3} and the builder {@code S3Store}.
 */
@SuppressWarnings({
  "module", // S3 is the product's name, whatever a trailing digit suggests.
  "requires-automatic", // The SDK's jars name their modules in the manifest.
  "requires-transitive-automatic"
})
module io.jstorage.s3 {
  requires transitive io.jstorage;
  requires transitive software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.apache5;
  requires software.amazon.awssdk.http.auth.aws;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.metrics;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.utils;
  requires static org.jspecify;

  // The SDK and its HTTP client use these; their modules have no descriptors to say so.
  requires java.security.jgss;
  requires java.xml;
  requires jdk.net;
  requires org.slf4j;

  exports io.jstorage.s3;

  provides StorageFactory with
      S3Factory;
}
