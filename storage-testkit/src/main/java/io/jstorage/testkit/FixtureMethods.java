package io.jstorage.testkit;

import java.util.concurrent.Callable;

/**
 * Calls the methods that a backend's author has written for the kit; if one fails, the test fails.
 */
final class FixtureMethods {
  private FixtureMethods() {}

  /** A method without a result. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  static <T> T call(Callable<T> method) {
    try {
      return method.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the fixture of the test failed: " + e, e);
    }
  }

  static void run(Action method) {
    call(
        () -> {
          method.run();
          return true;
        });
  }
}
