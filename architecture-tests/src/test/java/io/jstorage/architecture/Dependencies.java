package io.jstorage.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The run-time dependencies of each part, with their licences. */
final class Dependencies {
  private static final Pattern COORDINATES =
      Pattern.compile(
          "\\s*([^:\\s]+):([^:\\s]+):jar:(?:[^:\\s]+:)?([^:\\s]+):(?:compile|runtime)(?! \\(optional).*");

  /** The licences that a part may bring, by what POMs call them. */
  private static final Map<String, String> SPDX =
      Map.ofEntries(
          Map.entry("Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache Software License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache Software License, version 2.0", "Apache-2.0"),
          Map.entry("Apache-2.0", "Apache-2.0"),
          Map.entry("The BSD License", "BSD-3-Clause"),
          Map.entry("BSD 2-Clause License", "BSD-2-Clause"),
          Map.entry("0BSD", "0BSD"),
          Map.entry("MIT", "MIT"),
          Map.entry("MIT License", "MIT"),
          Map.entry("MIT-0", "MIT-0"),
          Map.entry("Public Domain", "Public-Domain"),
          Map.entry("Public Domain, per Creative Commons CC0", "CC0-1.0"),
          Map.entry("BSD-2-Clause", "BSD-2-Clause"),
          Map.entry("Eclipse Public License v2.0", "EPL-2.0"));

  private static final Set<Path> REPOSITORIES =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(jar -> jar.toString().endsWith(".jar"))
          .flatMap(jar -> repository(jar).stream())
          .collect(Collectors.toSet());

  private final Map<String, String> spdx;

  Dependencies() {
    this(SPDX);
  }

  Dependencies(Map<String, String> spdx) {
    this.spdx = spdx;
  }

  /** The repository that a jar is in, if a POM beside it says where it begins. */
  private static Optional<Path> repository(Path jar) {
    Path pom = Path.of(jar.toString().replaceFirst("\\.jar$", ".pom"));
    if (!Files.exists(pom)) {
      return Optional.empty();
    }
    Pom read = Pom.read(pom);
    String group =
        read.text("groupId").isEmpty() ? read.text("parent/groupId") : read.text("groupId");
    long above =
        4 + group.chars().filter(each -> each == '.').count(); // file, version, artifact, group
    return Optional.of(jar.resolve("../".repeat((int) above)).normalize());
  }

  /**
   * The lines of one part, from what Maven resolved for it; what is optional does not come with it.
   */
  String section(String artifact, List<String> resolved) {
    List<String> lines =
        resolved.stream()
            .map(COORDINATES::matcher)
            .filter(Matcher::matches)
            .map(found -> line(found.group(1), found.group(2), found.group(3)))
            .sorted()
            .toList();
    return "\n%s\n%s".formatted(artifact, lines.isEmpty() ? "  nothing\n" : String.join("", lines));
  }

  private String line(String group, String artifact, String version) {
    return group.equals("io.jstorage")
        ? "  %s:%s\n".formatted(group, artifact)
        : "  %s:%s:%s %s\n".formatted(group, artifact, version, licence(group, artifact, version));
  }

  private String licence(String group, String artifact, String version) {
    Pom pom = pom(group, artifact, version);
    List<Pom> licences = pom.all("licenses/license");
    if (licences.isEmpty()) {
      return licence(
          pom.text("parent/groupId"), pom.text("parent/artifactId"), pom.text("parent/version"));
    }
    return licences.stream()
        .map(licence -> licence.text("name"))
        .map(
            name ->
                Optional.ofNullable(spdx.get(name))
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "%s:%s:%s has the licence '%s', which nobody has allowed"
                                    .formatted(group, artifact, version, name))))
        .collect(Collectors.joining(" or "));
  }

  private static Pom pom(String group, String artifact, String version) {
    String path =
        "%s/%s/%s/%s-%s.pom"
            .formatted(group.replace('.', '/'), artifact, version, artifact, version);
    return REPOSITORIES.stream()
        .map(repository -> repository.resolve(path))
        .filter(Files::exists)
        .findFirst()
        .map(Pom::read)
        .orElseThrow(() -> new IllegalStateException("no %s in %s".formatted(path, REPOSITORIES)));
  }

  static List<String> resolved(Path directory) {
    Path file = directory.resolve("target/dependencies.txt");
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "build all modules: no list of what %s needs".formatted(directory), e);
    }
  }
}
