package io.jstorage.provider;

import io.jstorage.StorageException;
import io.jstorage.UnknownStorageException;
import io.jstorage.provider.Discovery.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The factories of one kind by name. Registered ones take precedence over discovered ones. */
final class Catalog<F> {
  private final String kind;
  private final Function<? super F, String> nameOf;
  private final Map<String, F> registered = new ConcurrentHashMap<>();
  private final Map<String, List<F>> found = new TreeMap<>();
  private final List<Failure> failures;
  private final Sources sources;

  Catalog(String kind, Class<F> service, Sources sources, Function<? super F, String> nameOf) {
    this.kind = kind;
    this.nameOf = nameOf;
    this.sources = sources;
    List<Failure> failed = new ArrayList<>();
    // Names and classes, whichever class loader they are from.
    Set<Map.Entry<String, String>> known = new HashSet<>();
    for (Discovery<F> discovery : sources.discover(service)) {
      failed.addAll(discovery.failures);
      var earlier = Set.copyOf(known);
      for (F factory : discovery.factories) {
        String className = factory.getClass().getName();
        try {
          String name = nameOf.apply(factory);
          // Two loaders often see one jar, or a copy of it each: that of the first is taken.
          Map.Entry<String, String> identity = Map.entry(name, className);
          if (!earlier.contains(identity)) {
            found.computeIfAbsent(name, n -> new ArrayList<>()).add(factory);
            known.add(identity);
          }
        } catch (RuntimeException | LinkageError e) {
          failed.add(new Failure(className, origin(factory) + ": " + e + Discovery.remedy(e)));
        }
      }
    }
    // Mostly none: then the start of a program loads no classes of streams.
    this.failures = failed.isEmpty() ? List.of() : ofNoneThatWorks(failed, known);
  }

  /** The failures of those factories that no class loader could load, each once. */
  private static List<Failure> ofNoneThatWorks(
      List<Failure> failed, Set<Map.Entry<String, String>> known) {
    Set<String> working = known.stream().map(Map.Entry::getValue).collect(Collectors.toSet());
    return failed.stream().filter(each -> !working.contains(each.provider())).distinct().toList();
  }

  void register(F factory) {
    registered.put(Objects.requireNonNull(nameOf.apply(factory), "name"), factory);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(registered.keySet());
    return Collections.unmodifiableSet(names);
  }

  /** Finds the one factory of a name, or fails with all the facts that help to correct that. */
  F byName(String name, Function<String, ? extends StorageException> failure) {
    List<F> candidates = ofName(name);
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    String what = "%s '%s'".formatted(kind, name);
    throw failure.apply(
        candidates.isEmpty()
            ? unknown(what, name, Artifact.ofName(kind, name), names())
            : ambiguous(what, candidates));
  }

  private List<F> ofName(String name) {
    F own = registered.get(name);
    return own != null ? List.of(own) : found.getOrDefault(name, List.of());
  }

  /** Finds the one factory of a URL scheme. */
  F byScheme(String scheme, Function<? super F, Set<String>> schemesOf) {
    Map<String, Set<F>> byScheme = new TreeMap<>();
    for (String name : names()) {
      for (F factory : ofName(name)) {
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
            ? unknown(what, scheme, Artifact.ofScheme(scheme), byScheme.keySet())
            : ambiguous(what, candidates));
  }

  private String unknown(
      String what, String asked, Optional<Artifact> artifact, Collection<String> there) {
    StringBuilder text = new StringBuilder("there is no ").append(what).append('.');
    if (artifact.isPresent()) {
      text.append(' ').append(advice(artifact.get()));
    } else {
      Suggestion.nearest(asked, there)
          .ifPresent(name -> text.append(" Did you mean '").append(name).append("'?"));
    }
    text.append(" Available: ").append(there.isEmpty() ? "none" : String.join(", ", there));
    text.append('.');
    if (!failures.isEmpty()) {
      text.append(" Could not be loaded: ");
      text.append(failures.stream().map(Failure::text).collect(Collectors.joining("; ")));
      text.append('.');
    }
    return text.toString();
  }

  /**
   * Returns advice for making the factories of an artifact available; never to add one that exists.
   */
  private String advice(Artifact artifact) {
    String start = artifact.packageName() + ".";
    if (failures.stream().anyMatch(each -> each.provider().startsWith(start))) {
      return artifact.coordinates + " was found and could not be loaded.";
    }
    Optional<String> asked = sources.placeOf(artifact.className);
    if (asked.isPresent()) {
      return "%s was found in %s, but not its services files: merge META-INF/services when jars are merged into one."
          .formatted(artifact.coordinates, asked.get());
    }
    return Sources.ofThread()
        .placeOf(artifact.className)
        .map(
            place ->
                "%s was found in %s, where this provider does not search: make one with StorageProvider.load() on this thread."
                    .formatted(artifact.coordinates, place))
        .orElseGet(
            () ->
                Sources.isBundle(Catalog.class.getClassLoader())
                    ? "Install the bundle %s, and give StorageProvider.load the class loader of %s."
                        .formatted(artifact.coordinates, artifact.className)
                    : "Add %s to the class path, module path or jlink image."
                        .formatted(artifact.coordinates));
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
