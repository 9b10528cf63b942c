package io.jstorage.testkit;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;

/**
 * Lets each failure of a test of the kit say the promise that is broken, the calls that came before
 * it, and the methods of the backend to look at.
 */
final class FailureExplainer implements BeforeEachCallback, TestExecutionExceptionHandler {
  FailureExplainer() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    Trace.ofThread().clear();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Optional<Promise> promise =
        context
            .getTestMethod()
            .flatMap(method -> AnnotationSupport.findAnnotation(method, Promise.class));
    boolean passes =
        failure instanceof IncompleteExecutionException || failure instanceof VirtualMachineError;
    if (passes || promise.isEmpty()) {
      throw failure;
    }
    throw explained(failure, promise.get().value(), List.of(promise.get().lookAt()));
  }

  static AssertionError explained(Throwable failure, String promise, List<String> lookAt) {
    ThreadFailure inThread = failure instanceof ThreadFailure thrown ? thrown : null;
    List<String> calls = inThread == null ? Trace.ofThread().lines() : inThread.calls();
    List<String> methods =
        !lookAt.isEmpty()
            ? lookAt
            : inThread == null ? Trace.ofThread().lookAt() : inThread.lookAt();
    String what = what(failure);
    StringBuilder text = new StringBuilder(what);
    text.append("\n\nThe promise: ").append(promise);
    if (!calls.isEmpty()) {
      text.append("\nThe calls before, the last one last:");
      calls.forEach(call -> text.append("\n  ").append(call));
    }
    Trace.ofThread()
        .seed()
        .ifPresent(seed -> text.append("\nRandom choices: ").append(Seed.shown(seed)));
    if (!methods.isEmpty() && !what.contains("\nLook at: ")) {
      text.append("\nLook at: ").append(String.join("; ", methods));
    }
    return withMessage(failure, MessageRepresentation.lines(text.toString()));
  }

  private static String what(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    return failure instanceof AssertionError
        ? message
        : failure.getClass().getName() + ": " + message;
  }

  /** Tools show what was expected beside what there was. */
  private static AssertionError withMessage(Throwable failure, String message) {
    if (failure instanceof AssertionFailedError compared
        && compared.isExpectedDefined()
        && compared.isActualDefined()) {
      AssertionFailedError explained =
          new AssertionFailedError(
              message, compared.getExpected(), compared.getActual(), compared.getCause());
      explained.setStackTrace(failure.getStackTrace());
      return explained;
    }
    return new AssertionError(message, failure);
  }
}
