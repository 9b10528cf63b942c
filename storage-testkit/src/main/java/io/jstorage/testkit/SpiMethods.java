package io.jstorage.testkit;

import java.util.List;

/** The methods of a backend that the operations of a storage call. */
final class SpiMethods {
  private SpiMethods() {}

  /** Those behind a method of {@code Storage}, or of its map view. */
  static List<String> behind(String method, int arguments, boolean ofMap) {
    return ofMap ? behindMap(method) : behindStorage(method, arguments);
  }

  /** Whether a method of {@code Storage} or of its map view may change entries. */
  static boolean change(String method) {
    return switch (method) {
      case "get", "require", "entry", "contains", "keys", "size", "getAll", "getOrDefault" -> false;
      case "containsKey", "containsValue", "isEmpty", "keySet", "values", "entrySet" -> false;
      case "equals", "hashCode", "toString", "forEach", "capabilities", "unwrap" -> false;
      case "asMap", "streams", "close" -> false;
      default -> true;
    };
  }

  private static List<String> behindStorage(String method, int arguments) {
    return switch (method) {
      case "get" -> arguments == 1 ? List.of("Store.read") : List.of("Store.read", "Store.write");
      case "require" -> List.of("Store.read");
      case "entry" -> List.of("Store.readEntry");
      case "contains" -> List.of("Store.contains");
      case "put" -> List.of("Store.write");
      case "putIfAbsent" -> List.of("Store.write with Condition.ABSENT");
      case "replace" -> List.of("Store.write with Condition.version", "Store.readEntry");
      case "remove" ->
          arguments == 1
              ? List.of("Store.delete")
              : List.of("Store.delete with Condition.version", "Store.readEntry");
      case "keys" -> List.of("Store.keys");
      case "size" -> List.of("Store.count");
      case "clear" -> List.of("Store.clear", "Store.keys");
      case "purgeExpired" -> List.of("Store.purgeExpired");
      case "getAll" -> List.of("Store.readAll");
      case "putAll" -> List.of("Store.writeAll");
      case "removeAll" -> List.of("Store.deleteAll");
      case "capabilities" -> List.of("Store.capabilities");
      case "unwrap", "streams" -> List.of("Store.unwrap");
      case "close" -> List.of("Store's close, if it is Closeable");
      case "toString" -> List.of("Store.toString");
      default -> List.of("Store.read", "Store.write", "Store.delete", "Store.keys");
    };
  }

  /** The view itself is the glue's. */
  private static List<String> behindMap(String method) {
    return switch (method) {
      case "get", "getOrDefault" -> List.of("Store.read");
      case "containsKey" -> List.of("Store.contains");
      case "put" -> List.of("Store.read", "Store.write");
      case "putIfAbsent", "computeIfAbsent" ->
          List.of("Store.read", "Store.write with Condition.ABSENT");
      case "putAll" -> List.of("Store.writeAll");
      case "size", "isEmpty" -> List.of("Store.count", "Store.keys");
      case "clear" -> List.of("Store.clear");
      case "keySet", "forEach" -> List.of("Store.keys");
      case "containsValue", "values", "entrySet", "equals", "hashCode", "toString" ->
          List.of("Store.keys", "Store.read");
      default ->
          List.of(
              "Store.readEntry",
              "Store.write with Condition.version",
              "Store.delete with Condition.version");
    };
  }
}
