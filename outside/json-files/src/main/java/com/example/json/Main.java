package com.example.json;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Keeps an invoice in a file that every editor can read, and finds it when started again. */
public final class Main {
  record Invoice(String customer, BigDecimal amount, LocalDate due) {}

  private Main() {}

  public static void main(String[] args) throws IOException {
    StorageOptions options = StorageOptions.of("path", args[0]);
    try (Storage<Invoice> invoices =
        StorageProvider.load().create("storage.json", Invoice.class, options)) {
      if (invoices.contains("2026-001")) {
        System.out.println("found " + invoices.require("2026-001"));
      } else {
        invoices.put(
            "2026-001",
            new Invoice("ACME", new BigDecimal("99.90"), LocalDate.parse("2026-12-24")));
        System.out.println(Files.readString(Path.of(args[0], "2026-001.storage.json")));
      }
    }
  }
}
