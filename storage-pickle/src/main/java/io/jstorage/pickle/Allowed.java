package io.jstorage.pickle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a pickle may refer to. None is looked for anywhere: each stands for a case of
 * {@link Calls} or {@link JavaValues}, or only says of which type a defaultdict makes what is
 * missing.
 */
enum Allowed {
  BYTES("builtins", "bytes"),
  BYTEARRAY("builtins", "bytearray"),
  SET("builtins", "set"),
  FROZENSET("builtins", "frozenset"),
  OBJECT("builtins", "object"),
  OTHER_TYPE("builtins", "type"),
  RECONSTRUCTOR("copyreg", "_reconstructor"),
  ENCODE("_codecs", "encode"),
  DATE("datetime", "date"),
  TIME("datetime", "time"),
  DATETIME("datetime", "datetime"),
  TIMEDELTA("datetime", "timedelta"),
  TIMEZONE("datetime", "timezone"),
  DECIMAL("decimal", "Decimal"),
  FRACTION("fractions", "Fraction"),
  UUID("uuid", "UUID"),
  ORDERED_DICT("collections", "OrderedDict"),
  DEFAULT_DICT("collections", "defaultdict"),
  COUNTER("collections", "Counter"),
  DEQUE("collections", "deque");

  /** Types that have instructions of their own, in the names of Python 2 and 3. */
  private static final List<String> OTHER_TYPES =
      List.of("bool", "dict", "float", "int", "list", "long", "str", "tuple", "unicode");

  private static final Map<String, Allowed> BY_NAME = new HashMap<>();

  static {
    for (Allowed each : values()) {
      if (each == OTHER_TYPE) {
        OTHER_TYPES.forEach(name -> add("builtins", name, each));
      } else {
        add(each.module, each.simpleName, each);
      }
    }
  }

  /** The module and the name in it, as Python 3 has them. */
  final String module;

  final String simpleName;

  Allowed(String module, String simpleName) {
    this.module = module;
    this.simpleName = simpleName;
  }

  private static void add(String module, String name, Allowed allowed) {
    BY_NAME.put(module + "." + name, allowed);
    // Python 2 calls two modules otherwise, and so does Python 3 in the protocols that 2 reads.
    String old =
        switch (module) {
          case "builtins" -> "__builtin__";
          case "copyreg" -> "copy_reg";
          default -> module;
        };
    BY_NAME.put(old + "." + name, allowed);
  }

  static Allowed named(String module, String name) throws Refusal {
    Allowed allowed = BY_NAME.get(module + "." + name);
    // With a dot in it, a name would be that of another module.
    if (allowed == null || name.indexOf('.') >= 0) {
      throw new Refusal(
          "the pickle names %s.%s, which is none of the types of data that are read"
              .formatted(Refusal.printable(module), Refusal.printable(name)));
    }
    return allowed;
  }

  @Override
  public String toString() {
    return module + "." + simpleName;
  }
}
