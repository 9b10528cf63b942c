package io.jstorage.provider;

import io.jstorage.StorageException;
import io.jstorage.UnknownStorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The factories of one kind by name: those that were registered, and behind them those found. */
final class Catalog<F> {
  private final String kind;
  private final Function<? super F, String> nameOf;
  private final Map<String, F> registered = new ConcurrentHashMap<>();
  private final Map<String, List<F>> found = new TreeMap<>();
  private final List<String> failures;

  Catalog(String kind, Discovery<F> discovery, Function<? super F, String> nameOf) {
    this.kind = kind;
    this.nameOf = nameOf;
    List<String> broken = new ArrayList<>(discovery.failures);
    for (F factory : discovery.factories) {
      try {
        found.computeIfAbsent(nameOf.apply(factory), name -> new ArrayList<>()).add(factory);
      } catch (RuntimeException | LinkageError e) {
        broken.add(origin(factory) + ": " + e + Discovery.remedy(e));
      }
    }
    this.failures = List.copyOf(broken);
  }

  void register(F factory) {
    registered.put(Objects.requireNonNull(nameOf.apply(factory), "name"), factory);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(registered.keySet());
    return Collections.unmodifiableSet(names);
  }

  /** Finds the one factory of a name, or fails with everything that helps to mend that. */
  F byName(String name, Function<String, ? extends StorageException> failure) {
    F first = registered.get(name);
    if (first != null) {
      return first;
    }
    List<F> candidates = found.getOrDefault(name, List.of());
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    String what = "%s '%s'".formatted(kind, name);
    throw failure.apply(
        candidates.isEmpty()
            ? unknown(what, name, Artifacts.ofName(kind, name), names())
            : ambiguous(what, candidates));
  }

  /** Finds the one factory of a URL scheme. */
  F byScheme(String scheme, Function<? super F, Set<String>> schemesOf) {
    Map<String, Set<F>> byScheme = new TreeMap<>();
    for (String name : names()) {
      F own = registered.get(name);
      for (F factory : own != null ? List.of(own) : found.getOrDefault(name, List.of())) {
        for (String each : schemesOf.apply(factory)) {
          byScheme.computeIfAbsent(each, s -> new HashSet<>()).add(factory);
        }
      }
    }
    Set<F> candidates = byScheme.getOrDefault(scheme, Set.of());
    if (candidates.size() == 1) {
      return candidates.iterator().next();
    }
    String what = "storage for the URL scheme '%s'".formatted(scheme);
    throw new UnknownStorageException(
        candidates.isEmpty()
            ? unknown(what, scheme, Artifacts.ofScheme(scheme), byScheme.keySet())
            : ambiguous(what, candidates));
  }

  private String unknown(String what, String asked, String artifact, Collection<String> there) {
    StringBuilder text = new StringBuilder("there is no ").append(what).append('.');
    if (artifact.isEmpty()) {
      Suggestion.nearest(asked, there)
          .ifPresent(name -> text.append(" Did you mean '").append(name).append("'?"));
    } else {
      text.append(" Add ").append(artifact);
      text.append(" to the class path, module path or jlink image.");
    }
    text.append(" Available: ").append(there.isEmpty() ? "none" : String.join(", ", there));
    text.append('.');
    if (!failures.isEmpty()) {
      text.append(" Could not be loaded: ").append(String.join("; ", failures)).append('.');
    }
    return text.toString();
  }

  private String ambiguous(String what, Collection<F> candidates) {
    return "there are %d factories of the %s, remove all but one or register yours: %s"
        .formatted(
            candidates.size(),
            what,
            candidates.stream().map(Catalog::origin).sorted().collect(Collectors.joining(", ")));
  }

  /** Names a factory's class and the jar or module it came from. */
  private static String origin(Object factory) {
    Class<?> type = factory.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? type.getName()
        : "%s from %s".formatted(type.getName(), source.getLocation());
  }
}
