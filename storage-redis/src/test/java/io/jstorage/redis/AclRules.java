package io.jstorage.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rules for a user that the page tells operators to give. */
final class AclRules {
  private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
  private static final String COMMAND = "ACL SETUSER app on >secret ";

  private AclRules() {}

  /** Patterns of keys and commands. */
  static List<String> documented() {
    return rulesOf(0);
  }

  /** The rules that a user of a Cluster needs in addition. */
  static List<String> documentedForClusters() {
    return rulesOf(1);
  }

  /** The rules that a user who watches changes needs in addition. */
  static List<String> documentedForChanges() {
    return rulesOf(2);
  }

  private static List<String> rulesOf(int index) {
    try {
      List<String> commands =
          Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("ACL SETUSER")).toList();
      String command = commands.get(index);
      int rules = index == 0 ? COMMAND.length() : "ACL SETUSER app ".length();
      return List.of(command.substring(rules).split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
