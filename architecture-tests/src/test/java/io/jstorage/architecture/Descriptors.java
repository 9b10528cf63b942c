package io.jstorage.architecture;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Opens;
import java.lang.module.ModuleDescriptor.Provides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of module descriptors. */
final class Descriptors {
  /**
   * Concealed packages without {@code internal} in their names. Their classes are public for
   * another package of the same module.
   */
  static final Set<String> CONCEALED = Set.of("io.jstorage.s3.requests");

  private Descriptors() {}

  /** Every package is exported unqualified or internal, none is open except to {@code openTo}. */
  static List<String> wrongExports(ModuleDescriptor module, Set<String> openTo) {
    List<String> wrong = new ArrayList<>();
    Set<String> exported =
        module.exports().stream().map(Exports::source).collect(Collectors.toSet());
    for (String each : new TreeSet<>(module.packages())) {
      boolean internal =
          CONCEALED.contains(each) || List.of(each.split("\\.")).contains("internal");
      if (internal == exported.contains(each)) {
        wrong.add(
            each + (internal ? " is internal and exported" : " is neither internal nor exported"));
      }
    }
    module.exports().stream()
        .filter(Exports::isQualified)
        .forEach(each -> wrong.add(each.source() + " has a qualified export"));
    for (Opens each : module.opens()) {
      if (!each.isQualified() || !openTo.containsAll(each.targets())) {
        wrong.add(each.source() + " is open");
      }
    }
    if (module.isOpen()) {
      wrong.add(module.name() + " is open as a whole");
    }
    return wrong;
  }

  /**
   * Every factory is provided by the descriptor and named in a services file, and nothing else is.
   *
   * @param services what the services files hold, by service
   * @param factories the classes that could be provided, by service
   */
  static List<String> wrongRegistrations(
      ModuleDescriptor module,
      Map<String, List<String>> services,
      Map<String, Set<String>> factories) {
    Map<String, List<String>> provided =
        module.provides().stream()
            .collect(Collectors.toMap(Provides::service, Provides::providers));
    Set<String> known =
        Stream.of(provided, services, factories)
            .flatMap(each -> each.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> wrong = new ArrayList<>();
    for (String service : known) {
      Set<String> exist = factories.getOrDefault(service, Set.of());
      compare("module-info.java", provided.getOrDefault(service, List.of()), exist, wrong);
      compare("META-INF/services", services.getOrDefault(service, List.of()), exist, wrong);
    }
    return wrong;
  }

  private static void compare(
      String where, List<String> registered, Set<String> exist, List<String> wrong) {
    for (String each : new TreeSet<>(exist)) {
      if (!registered.contains(each)) {
        wrong.add(each + " is not in " + where);
      }
    }
    for (String each : new TreeSet<>(registered)) {
      if (!exist.contains(each)) {
        wrong.add(each + " is in " + where + " and is no factory of this part");
      }
    }
  }
}
