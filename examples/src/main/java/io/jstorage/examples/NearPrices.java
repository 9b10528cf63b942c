package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.time.Duration;

/**
 * Two programs on one Redis, each with memory in front. Start a reader and then a writer:
 *
 * <pre>
 * NearPrices redis://localhost watch apple
 * NearPrices redis://localhost set apple 1.20
 * </pre>
 *
 * <p>The reader asks for the price over and over, a million times a second, and says when it is
 * another one. Redis is asked once for each change. It ends when the price is {@code end}.
 */
public final class NearPrices {
  private NearPrices() {}

  /**
   * Starts the example.
   *
   * @param arguments the URL of the far storage; {@code watch} and a key, or {@code set}, a key and
   *     a value
   */
  public static void main(String[] arguments) {
    StorageOptions options =
        StorageOptions.of(
            "storage", arguments[0], "limit", 1_000, "negative", Duration.ofMinutes(5));
    try (Storage<String> prices =
        StorageProvider.load().create(StorageProvider.STORAGE_NEAR, String.class, options)) {
      String key = arguments[2];
      if (arguments[1].equals("set")) {
        prices.put(key, arguments[3]);
      } else {
        watch(prices, key);
      }
    }
  }

  private static void watch(Storage<String> prices, String key) {
    Report report = new Report(System.out);
    String last = "";
    while (!last.equals("end")) {
      String price = prices.get(key).orElse("not known");
      if (!price.equals(last)) {
        report.say("%s is %s".formatted(key, price));
        last = price;
      }
    }
  }
}
