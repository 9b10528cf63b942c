package io.jstorage.architecture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements that Maven Central requires in every POM. */
final class PomMetadata {
  private static final List<String> OWN = List.of("name", "description", "artifactId");

  private static final List<String> INHERITABLE =
      List.of(
          "groupId",
          "version",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/url",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  /** Without these, Maven appends the artifact's name to the addresses that it inherits. */
  private static final List<String> KEEP_URL = List.of("child.project.url.inherit.append.path");

  private static final List<String> KEEP_SCM =
      List.of(
          "child.scm.connection.inherit.append.path",
          "child.scm.developerConnection.inherit.append.path",
          "child.scm.url.inherit.append.path");

  private PomMetadata() {}

  /** The elements that a POM lacks, its parent considered. */
  static List<String> missing(Pom pom, @Nullable Pom parent) {
    List<String> missing = new ArrayList<>();
    for (String path : OWN) {
      if (pom.text(path).isEmpty()) {
        missing.add(path);
      }
    }
    for (String path : INHERITABLE) {
      if (pom.text(path).isEmpty() && (parent == null || parent.text(path).isEmpty())) {
        missing.add(path);
      }
    }
    return missing;
  }

  /** The attributes that a parent lacks for its children to inherit its addresses as they are. */
  static List<String> appended(Pom parent) {
    List<String> missing = new ArrayList<>();
    KEEP_URL.stream().filter(name -> !parent.attribute(name).equals("false")).forEach(missing::add);
    KEEP_SCM.stream()
        .filter(
            name ->
                parent.all("scm").stream().noneMatch(scm -> scm.attribute(name).equals("false")))
        .forEach(missing::add);
    return missing;
  }
}
