package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A load in a thread of its own: running from its construction until it is told to finish. */
final class Load implements AutoCloseable {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch mayFinish = new CountDownLatch(1);
  private final FutureTask<String> task;

  Load(Storage<String> storage, String key, Supplier<String> value) {
    task =
        new FutureTask<>(
            () ->
                storage.get(
                    key,
                    k -> {
                      started.countDown();
                      Race.await(mayFinish);
                      return value.get();
                    }));
    Race.daemon(task).start();
    Race.await(started);
  }

  void finish() {
    mayFinish.countDown();
  }

  String result() {
    return Race.resultOf(task);
  }

  @Nullable Throwable failure() {
    return catchThrowable(this::result).getCause();
  }

  @Override
  public void close() {
    finish();
  }
}
