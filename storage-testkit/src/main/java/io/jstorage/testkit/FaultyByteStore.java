package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts faults into a byte store: calls that fail before they reach it, and calls that reach it and
 * fail anyway, as when a connection breaks before the reply arrives.
 *
 * <pre>{@code
 * FaultyByteStore faulty = FaultyByteStore.around(new AcmeStore());
 * Storage<String> storage = Storages.of(faulty.store(), codec);
 * faulty.failBefore("write", 2, new IOException("disk full"));
 * }</pre>
 *
 * <p>Operations have the names of the methods of {@link ByteStore}. One that the given store does
 * not implement itself is composed of others, which may fail; the objects that {@code unwrap}
 * returns do not fail. Thread-safe.
 */
public final class FaultyByteStore {
  private final ByteStore target;
  private final ByteStore store;
  private final Set<String> operations = new LinkedHashSet<>();
  private final List<Fault> faults = new ArrayList<>();
  private @Nullable Exception outage;

  private FaultyByteStore(ByteStore target) {
    this.target = target;
    Class<?>[] interfaces =
        target instanceof Closeable
            ? new Class<?>[] {ByteStore.class, Closeable.class}
            : new Class<?>[] {ByteStore.class};
    for (Class<?> type : interfaces) {
      for (Method method : type.getMethods()) {
        operations.add(method.getName());
      }
    }
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getName().equals("equals")
                ? proxy == arguments[0]
                : invoke(proxy, method, arguments);
    store =
        (ByteStore) Proxy.newProxyInstance(ByteStore.class.getClassLoader(), interfaces, handler);
  }

  /**
   * Puts a store under control; no fault is planned yet.
   *
   * @param target the store
   * @return the controls
   */
  public static FaultyByteStore around(ByteStore target) {
    return new FaultyByteStore(target);
  }

  /**
   * Returns the store that fails as planned, and otherwise forwards to the given one.
   *
   * @return the store to use in place of the given one
   */
  public ByteStore store() {
    return store;
  }

  /**
   * Lets one call fail instead of reaching the store.
   *
   * @param operation the name of the method, such as {@code write}
   * @param call which call from now on, 1 for the next
   * @param failure what it throws: an {@link IOException} or a {@link RuntimeException}
   * @return this
   * @throws IllegalArgumentException if the store has no such operation, or the failure is of
   *     another type
   */
  public FaultyByteStore failBefore(String operation, int call, Exception failure) {
    return plan(new Fault(operation, call, failure, false));
  }

  /**
   * Lets one call fail after the store has carried it out.
   *
   * @param operation the name of the method, such as {@code write}
   * @param call which call from now on, 1 for the next
   * @param failure what it throws: an {@link IOException} or a {@link RuntimeException}
   * @return this
   * @throws IllegalArgumentException if the store has no such operation, or the failure is of
   *     another type
   */
  public FaultyByteStore failAfter(String operation, int call, Exception failure) {
    return plan(new Fault(operation, call, failure, true));
  }

  /**
   * Makes every access fail instead of reaching the store, until {@link #mend()}. Closing it and
   * asking for its capabilities are not accesses.
   *
   * @param failure what they throw: an {@link IOException} or a {@link RuntimeException}
   * @return this
   */
  public synchronized FaultyByteStore breakDown(Exception failure) {
    outage = checked(failure);
    return this;
  }

  /** Forgets all faults. */
  public synchronized void mend() {
    outage = null;
    faults.clear();
  }

  private synchronized FaultyByteStore plan(Fault fault) {
    if (!operations.contains(fault.operation)) {
      throw new IllegalArgumentException(
          "%s has no operation '%s'; it has %s".formatted(target, fault.operation, operations));
    }
    if (fault.callsLeft < 1) {
      throw new IllegalArgumentException("calls count from 1, not from " + fault.callsLeft);
    }
    checked(fault.failure);
    faults.add(fault);
    return this;
  }

  private static Exception checked(Exception failure) {
    if (!(failure instanceof IOException || failure instanceof RuntimeException)) {
      throw new IllegalArgumentException(
          "a byte store throws IOException or RuntimeException, not " + failure.getClass());
    }
    return failure;
  }

  private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean inherited = isInherited(method);
    Fault fault = next(method, inherited);
    if (fault != null && !fault.after) {
      throw fault.failure;
    }
    Object result;
    try {
      // A default is made up of calls that may fail themselves, so it runs on this side.
      result =
          inherited
              ? InvocationHandler.invokeDefault(proxy, method, arguments)
              : method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (fault != null) {
      throw fault.failure;
    }
    return result;
  }

  private boolean isInherited(Method method) throws NoSuchMethodException {
    return method.isDefault()
        && !method.getName().equals("unwrap")
        && target.getClass().getMethod(method.getName(), method.getParameterTypes()).isDefault();
  }

  /** Counts a call, and returns the fault that is planned for it. */
  private synchronized @Nullable Fault next(Method method, boolean inherited) {
    String operation = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return null;
    }
    Fault due = null;
    for (Fault fault : faults) {
      if (fault.operation.equals(operation) && --fault.callsLeft == 0) {
        due = fault;
      }
    }
    if (due != null) {
      faults.remove(due);
    } else if (outage != null && !inherited && isAccess(operation)) {
      return new Fault(operation, 0, outage, false);
    }
    return due;
  }

  private static boolean isAccess(String operation) {
    return switch (operation) {
      case "maxKeyBytes", "capabilities", "unwrap", "close" -> false;
      default -> true;
    };
  }

  /** Names the given store, as messages should. */
  @Override
  public String toString() {
    return target.toString();
  }

  private static final class Fault {
    final String operation;
    final Exception failure;
    final boolean after;
    int callsLeft;

    Fault(String operation, int call, Exception failure, boolean after) {
      this.operation = operation;
      this.callsLeft = call;
      this.failure = failure;
      this.after = after;
    }
  }
}
