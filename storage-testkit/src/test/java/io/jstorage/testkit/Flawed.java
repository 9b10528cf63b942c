package io.jstorage.testkit;

import io.jstorage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sound storage some of whose methods are answered by somebody else. */
final class Flawed {
  private final Storage<?> sound;
  private final Map<String, Answer> answers = new HashMap<>();

  /** The replacement of a method. */
  @FunctionalInterface
  interface Answer {
    @Nullable Object to(Object[] arguments) throws Throwable;
  }

  Flawed(Storage<?> sound) {
    this.sound = sound;
  }

  /** Replaces the method of a name and a number of parameters. */
  Flawed with(String method, int parameters, Answer answer) {
    answers.put(method + parameters, answer);
    return this;
  }

  @SuppressWarnings("unchecked")
  <V> Storage<V> storage() {
    return (Storage<V>)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, given) -> {
              Object[] arguments = given == null ? new Object[0] : given;
              Answer answer = answers.get(method.getName() + arguments.length);
              if (answer != null) {
                return answer.to(arguments);
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
