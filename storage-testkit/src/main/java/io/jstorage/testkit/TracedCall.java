package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call on a storage or its map view, kept unformatted until it is shown. */
final class TracedCall {
  /** The name of a store, in place of a storage that is made of it. */
  static final String OF_STORE = "Store.";

  private static final Object NOT_ENDED = new Object();

  private final String on;
  private final String method;
  private final List<@Nullable Object> arguments;
  private final boolean answers;
  private volatile @Nullable Object answer = NOT_ENDED;

  TracedCall(String on, String method, List<@Nullable Object> arguments, boolean answers) {
    this.on = on;
    this.method = method;
    this.arguments = arguments;
    this.answers = answers;
  }

  /** The same, as seen from the thread that waited for it. */
  TracedCall inThread(int number) {
    TracedCall call =
        new TracedCall("thread %d: %s".formatted(number, on), method, arguments, answers);
    call.answer = answer;
    return call;
  }

  void end(@Nullable Object returned) {
    answer = returned;
  }

  boolean hasEnded() {
    return answer != NOT_ENDED;
  }

  List<String> lookAt() {
    return on.equals(OF_STORE)
        ? List.of(OF_STORE + method)
        : SpiMethods.behind(method, arguments.size(), on.endsWith("asMap()."));
  }

  boolean failed() {
    return answer instanceof Throwable;
  }

  boolean returned(Object something) {
    return answer == something;
  }

  /** Whether it may have changed an entry. */
  boolean changes() {
    return SpiMethods.change(method);
  }

  /** Without what it answered. */
  String asked() {
    List<String> shown = new ArrayList<>();
    arguments.forEach(argument -> shown.add(MessageRepresentation.argument(argument)));
    return "%s%s(%s)".formatted(on, method, String.join(", ", shown));
  }

  @Override
  public String toString() {
    Object seen = answer;
    String end = "";
    if (seen == NOT_ENDED) {
      end = " has not ended";
    } else if (seen instanceof Throwable e) {
      end = " threw " + MessageRepresentation.argument(e);
    } else if (answers) {
      end = " returned " + MessageRepresentation.argument(seen);
    }
    return asked() + end;
  }
}
