package com.example.boot;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Storages as beans, which the context closes. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
  record Invoice(String customer, BigDecimal amount, LocalDate due) {}

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args).close();
  }

  @Bean
  StorageProvider storageProvider() {
    return StorageProvider.load();
  }

  /** Written by the application's own mapper. */
  @Bean
  Storage<Invoice> invoices(
      StorageProvider provider, JsonMapper mapper, @Value("${storages.invoices}") String url) {
    return provider.open(url, Invoice.class, StorageOptions.of("json.mapper", mapper));
  }

  @Bean
  Storage<String> recent(StorageProvider provider, @Value("${storages.recent}") String url) {
    return provider.open(url, String.class);
  }

  @Bean
  Storage<String> texts(StorageProvider provider, @Value("${storages.texts}") String url) {
    return provider.open(url, String.class);
  }

  /** The same server as that of the texts, with JSON in it. */
  @Bean
  Storage<Invoice> shared(StorageProvider provider, @Value("${storages.texts}") String url) {
    StorageOptions options = StorageOptions.of("codec", "json", "namespace", "shared");
    return provider.open(url, Invoice.class, options);
  }

  @Bean
  Storage<byte[]> objects(StorageProvider provider, @Value("${storages.objects}") String url) {
    return provider.open(url, byte[].class);
  }

  @Bean
  CommandLineRunner useThem(
      StorageProvider provider,
      Storage<Invoice> invoices,
      Storage<String> recent,
      Storage<String> texts,
      Storage<Invoice> shared,
      Storage<byte[]> objects) {
    return args -> {
      Invoice invoice =
          new Invoice("ACME", new BigDecimal("99.90"), LocalDate.parse("2026-12-24"));
      invoices.put("2026-001", invoice);
      System.out.println("files: " + invoices.require("2026-001"));
      System.out.println("memory: " + recent.get("k", key -> "loaded " + key));
      System.out.println("redis: " + texts.putIfAbsent("k", "v") + " " + texts.require("k"));
      shared.put("2026-001", invoice);
      System.out.println("JSON in redis: " + shared.require("2026-001"));
      objects.put("page.html", "<h1>Hello</h1>".getBytes());
      System.out.println("s3: " + new String(objects.require("page.html")));

      // The launcher of a jar of jars gives these threads a class loader that sees nothing of it.
      System.out.println("common pool: " + inCommonPool(Application::contextSeesNothing));
      boolean same =
          IntStream.range(0, 100)
              .parallel()
              .mapToObj(i -> StorageProvider.load().names())
              .allMatch(provider.names()::equals);
      System.out.println("parallel stream: " + same);
      System.out.println("transforms: " + inCommonPool(Application::useTransforms));
    };
  }

  /** Not by a task of the pool: the thread that waits for it may execute it itself. */
  private static <T> T inCommonPool(Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    ForkJoinPool.commonPool().execute(task);
    return task.get();
  }

  private static boolean contextSeesNothing() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context.getResource("io/jstorage/Storage.class") == null;
  }

  private static List<Integer> useTransforms() {
    return Stream.of("gzip", "lz4", "snappy", "xz")
        .map(
            transform -> {
              String url = "json:target/transformed?durability=none&transforms=" + transform;
              try (Storage<String> files = StorageProvider.load().open(url, String.class)) {
                files.put("k", "Hello World! ".repeat(1000));
                return files.require("k").length();
              }
            })
        .toList();
  }
}
