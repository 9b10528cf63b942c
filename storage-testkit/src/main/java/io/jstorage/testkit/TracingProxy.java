package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.spi.ByteStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Forwards calls, and keeps the last ones of each thread for the messages of failures. */
final class TracingProxy implements InvocationHandler {
  private static final Object VIEW =
      new Object() {
        @Override
        public String toString() {
          return "a view";
        }
      };

  private final String name;
  private final Object target;

  private TracingProxy(String name, Object target) {
    this.name = name;
    this.target = target;
  }

  /** The storage that the test is about. */
  static <V> Storage<V> storage(Storage<V> storage) {
    return storage("", storage);
  }

  /** Another one, whose calls bear a name. */
  @SuppressWarnings("unchecked") // It passes on what the storage takes and returns.
  static <V> Storage<V> storage(String name, Storage<V> storage) {
    return (Storage<V>) proxy(Storage.class, new TracingProxy(name, storage));
  }

  /** A byte store, whose calls are those of the SPI themselves. */
  static ByteStore store(ByteStore store) {
    return (ByteStore) proxy(ByteStore.class, new TracingProxy(TracedCall.OF_STORE, store));
  }

  private static Object proxy(Class<?> type, TracingProxy handler) {
    return Proxy.newProxyInstance(
        TracingProxy.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    List<@Nullable Object> arguments =
        given == null
            ? List.of()
            : Collections.unmodifiableList(Arrays.<@Nullable Object>asList(given));
    if (method.getName().equals("equals") && given != null && given[0] == proxy) {
      return true;
    }
    if (method.getName().equals("asMap")) {
      Object map = answerOf(method, given);
      return map == null
          ? null
          : proxy(ConcurrentMap.class, new TracingProxy(name + "asMap().", map));
    }
    Trace trace = Trace.ofThread();
    boolean answers = method.getReturnType() != void.class;
    TracedCall call = new TracedCall(name, method.getName(), arguments, answers);
    trace.begin(call);
    try {
      Object answer = answerOf(method, given);
      trace.end(call, isView(answer) ? VIEW : answer);
      return answer;
    } catch (Throwable e) {
      trace.end(call, e);
      throw e;
    }
  }

  private @Nullable Object answerOf(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Whether showing it would be one more call on the storage. */
  private boolean isView(@Nullable Object answer) {
    return target instanceof Map && answer instanceof Collection;
  }
}
