package io.jstorage.spring.boot;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageException;
import io.jstorage.UnknownStorageException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what keeps an application from starting, without a stack trace. */
public final class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {
  /** For Spring. */
  public StorageFailureAnalyzer() {}

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, StorageException cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.startsWith(StorageCacheProperties.PREFIX) && !message.contains("the cache")) {
      return null; // Of a storage that the application has opened itself.
    }
    String action =
        cause instanceof UnknownStorageException
            ? "Add the artifact of the storage, or correct the scheme of the URL."
            : cause instanceof InvalidOptionException
                ? "Correct the properties under " + StorageCacheProperties.PREFIX + "."
                : "Start what keeps the storage, or correct its URL.";
    return new FailureAnalysis(message, action, root);
  }
}
