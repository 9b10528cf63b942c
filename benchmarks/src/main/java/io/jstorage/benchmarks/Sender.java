package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.S3Store;
import io.jstorage.s3.server.S3ProxyServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** A way to send a file or a stream. */
public enum Sender {
  STORAGE {
    @Override
    void run(URI endpoint, Path source) throws Exception {
      run(endpoint, source, 16);
    }
  },
  ONE_PART_AT_A_TIME {
    @Override
    void run(URI endpoint, Path source) throws Exception {
      run(endpoint, source, 1);
    }
  },
  TRANSFER_MANAGER {
    @Override
    void run(URI endpoint, Path source) throws Exception {
      ExecutorService reader = Executors.newSingleThreadExecutor();
      AwsBasicCredentials keys =
          AwsBasicCredentials.create(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY);
      try (S3AsyncClient client =
              S3AsyncClient.builder()
                  .multipartEnabled(true)
                  .endpointOverride(endpoint)
                  .forcePathStyle(true)
                  .region(Region.of(S3ProxyServer.REGION))
                  .credentialsProvider(StaticCredentialsProvider.create(keys))
                  .build();
          S3TransferManager manager = S3TransferManager.builder().s3Client(client).build()) {
        time(
            name -> {
              Consumer<PutObjectRequest.Builder> put = request -> request.bucket(BUCKET).key(name);
              if (Files.isRegularFile(source)) {
                manager
                    .uploadFile(upload -> upload.source(source).putObjectRequest(put))
                    .completionFuture()
                    .join();
                return;
              }
              // Of a length that is not told, as that of a storage.
              AsyncRequestBody body =
                  AsyncRequestBody.fromInputStream(
                      stream -> stream.inputStream(new Payload()).executor(reader));
              manager
                  .upload(upload -> upload.requestBody(body).putObjectRequest(put))
                  .completionFuture()
                  .join();
            });
      } finally {
        reader.shutdown();
      }
    }
  };

  static final String BUCKET = "transfers";
  private static final int TIMES = 3;

  /** Sends a few times and prints the nanoseconds. */
  abstract void run(URI endpoint, Path source) throws Exception;

  static void run(URI endpoint, Path source, int parallelism) throws Exception {
    try (Storage<byte[]> storage =
        S3Store.in(BUCKET)
            .endpoint(endpoint)
            .region(S3ProxyServer.REGION)
            .credentials(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
            .parallelism(parallelism)
            .storage(Codecs.bytes())) {
      time(
          key -> {
            if (Files.isRegularFile(source)) {
              storage.streams().orElseThrow().writeFile(key, source);
            } else {
              storage.streams().orElseThrow().write(key, new Payload());
            }
          });
    }
  }

  private static void time(Consumer<String> transfer) {
    for (int i = 0; i < TIMES; i++) {
      long begun = System.nanoTime();
      transfer.accept("object" + i);
      System.out.println(System.nanoTime() - begun);
    }
  }
}
