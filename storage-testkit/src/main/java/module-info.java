/**
 * The storage contract as JUnit classes: extend {@link io.jstorage.testkit.StorageContract}, say
 * how to open your storage, and every promise of {@link io.jstorage.Storage} is a test of yours.
 */
@SuppressWarnings("requires-automatic") // JUnit 4, on which guava-testlib is built
module io.jstorage.testkit {
  requires transitive io.jstorage;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;
  requires org.assertj.core;
  requires static com.google.common.testlib;
  requires static junit;
  requires static org.jspecify;

  exports io.jstorage.testkit;

  opens io.jstorage.testkit to
      org.junit.platform.commons;
}
