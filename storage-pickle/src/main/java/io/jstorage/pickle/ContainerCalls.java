package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Container;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The containers that Python pickles as calls, with elements as arguments or added later. */
final class ContainerCalls {
  private ContainerCalls() {}

  /** Finds of which kind the result of a call is, and its items; of a scalar there is no kind. */
  static void resolve(Call call) throws Refusal {
    switch (call.function) {
      case SET -> resolve(call, Kind.SET, listed(call, 0));
      case FROZENSET -> resolve(call, Kind.FROZENSET, listed(call, 0));
      case DEQUE -> resolve(call, Kind.DEQUE, queued(call));
      case ORDERED_DICT -> resolve(call, Kind.DICT, ordered(call));
      case COUNTER -> resolve(call, Kind.DICT, counted(call));
      case DEFAULT_DICT -> {
        checkDefault(call);
        call.kind = Kind.DICT;
      }
      default -> {}
    }
  }

  private static void resolve(Call call, Kind kind, List<@Nullable Object> items) {
    call.kind = kind;
    call.items = items;
  }

  /** The elements of an argument that is a list or the like; none if there is no argument. */
  private static List<@Nullable Object> listed(Call call, int more) throws Refusal {
    int given = call.arguments.size();
    if (given == 0) {
      return List.of();
    }
    if (given <= 1 + more
        && call.arguments.get(0) instanceof Container container
        && container.kind != Kind.DICT) {
      return container.items;
    }
    throw call.wrong();
  }

  /** A deque may be bounded, which is of no matter until it grows. */
  private static List<@Nullable Object> queued(Call call) throws Refusal {
    List<@Nullable Object> items = new ArrayList<>(listed(call, 1));
    items.addAll(call.items);
    if (call.arguments.size() == 2 && call.arguments.get(1) != null) {
      long bound = call.arguments.get(1) instanceof Long most ? most : -1;
      if (items.size() > bound) {
        throw call.wrong();
      }
    }
    return items;
  }

  /** Python 3 adds the items later; Python 2 gives a list of pairs. */
  private static List<@Nullable Object> ordered(Call call) throws Refusal {
    if (call.arguments.isEmpty()) {
      return call.items;
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (Object each : listed(call, 0)) {
      if (!(each instanceof Container pair)
          || (pair.kind != Kind.LIST && pair.kind != Kind.TUPLE)
          || pair.items.size() != 2) {
        throw call.wrong();
      }
      items.addAll(pair.items);
    }
    items.addAll(call.items);
    return items;
  }

  private static List<@Nullable Object> counted(Call call) throws Refusal {
    if (call.arguments.size() == 1
        && call.arguments.get(0) instanceof Container container
        && container.kind == Kind.DICT) {
      return container.items;
    }
    throw call.wrong();
  }

  /** The factory of a defaultdict is dropped, which must be a type or absent. */
  private static void checkDefault(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    boolean known =
        arguments.isEmpty()
            || (arguments.size() == 1
                && (arguments.get(0) == null || arguments.get(0) instanceof Allowed));
    if (!known) {
      throw call.wrong();
    }
  }
}
