package io.jstorage.testkit;

import java.util.List;

/** A failure in another thread than that of the test, with the calls of that thread. */
final class ThreadFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient List<String> calls;
  private final transient List<String> lookAt;

  ThreadFailure(String message, Throwable cause, Trace trace) {
    super(message, cause);
    this.calls = trace.lines();
    this.lookAt = trace.lookAt();
  }

  List<String> calls() {
    return calls;
  }

  List<String> lookAt() {
    return lookAt;
  }
}
