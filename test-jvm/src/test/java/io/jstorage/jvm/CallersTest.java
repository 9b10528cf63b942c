package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch called = new CountDownLatch(10);

  private void callUntil(int last, RuntimeException end) throws Exception {
    Work call =
        () -> {
          if (calls.incrementAndGet() == last) {
            throw end;
          }
          throw new IllegalArgumentException("it may fail in this way");
        };
    Callers.untilClosed(List.of(call, call), IllegalArgumentException.class, called);
  }

  @Test
  void callsEndWhenOneIsRefused() throws Exception {
    callUntil(5, new IllegalStateException("the storage is closed"));
    assertThat(calls).hasValue(5);
    assertThat(called.getCount()).isEqualTo(5);
  }

  @Test
  void anotherFailureIsThrown() {
    RuntimeException other = new UncheckedIOException(new IOException("another one"));
    assertThatThrownBy(() -> callUntil(2, other)).isSameAs(other);
    IllegalStateException notClosed = new IllegalStateException("not yet open");
    assertThatThrownBy(() -> callUntil(4, notClosed)).isSameAs(notClosed);
  }
}
