package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.Version;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user who may do what the page says, and one who may do less. */
class AclTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private static final String PASSWORD = "geheim";

  /** Listings are only less certain without it. */
  private static final Set<String> DISPENSABLE = Set.of("+info", "+ping");

  static Stream<String> neededCommands() {
    return AclRules.documented().stream()
        .filter(rule -> rule.startsWith("+") && !DISPENSABLE.contains(rule));
  }

  private static final List<Consumer<Storage<String>>> OPERATIONS =
      List.of(
          storage -> storage.put("k", "v"),
          storage -> storage.get("k"),
          storage -> storage.getAll(List.of("k", "l")),
          storage -> storage.contains("k"),
          storage -> storage.remove("l"),
          storage -> storage.entry("k"),
          storage -> storage.remove("k", Version.parse("0".repeat(40))),
          Storage::size);

  private static StorageOptions options(String user) {
    return Opened.at(REDIS.get().port()).with("username", user).with("password", PASSWORD);
  }

  private static void create(RedisServer server, String name, List<String> rules) {
    server.call("ACL", "SETUSER", name, "reset");
    List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", name, "on", ">" + PASSWORD));
    command.addAll(rules);
    server.call(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("neededCommands")
  void withoutACommandSomeOperationIsDenied(String missing) {
    List<String> rules = new ArrayList<>(AclRules.documented());
    rules.remove(missing);
    create(REDIS.get(), "less", rules);
    REDIS.get().call("SCRIPT", "FLUSH");
    List<Throwable> failures = new ArrayList<>();
    try (Storage<String> storage = Opened.with(options("less"))) {
      for (Consumer<Storage<String>> operation : OPERATIONS) {
        Throwable failure = Assertions.catchThrowable(() -> operation.accept(storage));
        if (failure instanceof BatchException batch) {
          failures.addAll(batch.failures().values());
        } else if (failure != null) {
          failures.add(failure);
        }
      }
    }
    assertThat(failures)
        .isNotEmpty()
        .hasOnlyElementsOfType(StorageAccessDeniedException.class)
        .allMatch(failure -> !((StorageException) failure).outcomeUnknown());
  }

  /** The script itself may be sent, but not what it does. */
  @Test
  void aDenialInsideAScriptIsADenial() {
    List<String> rules = new ArrayList<>(AclRules.documented());
    rules.remove("+set");
    create(REDIS.get(), "reader", rules);
    REDIS.get().call("SET", "jstorage:k", "v");
    try (Storage<String> storage = Opened.with(options("reader"))) {
      Version version = storage.entry("k").orElseThrow().version().orElseThrow();
      assertThat(Opened.failure(() -> storage.replace("k", version, "w")))
          .isInstanceOf(StorageAccessDeniedException.class);
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aUserForOneNamespaceIsDeniedEveryOther() throws IOException {
    create(REDIS.get(), "app", AclRules.documented());
    assertThat(
            Opened.failure(
                () -> {
                  try (Storage<String> storage =
                      Opened.with(options("app").with("namespace", "other"))) {
                    storage.get("k");
                  }
                }))
        .isInstanceOf(StorageAccessDeniedException.class);
  }

  @Test
  void inAClusterTheUserMayAlsoAskForTheSlots() {
    try (RedisCluster cluster = RedisCluster.start()) {
      List<String> rules = new ArrayList<>(AclRules.documented());
      rules.addAll(AclRules.documentedForClusters());
      for (int i = 0; i < cluster.addresses().size(); i++) {
        create(cluster.node(i), "app", rules);
      }
      StorageOptions options =
          StorageOptions.of(
              "cluster", cluster.addresses(), "username", "app", "password", PASSWORD);
      int slot = cluster.slotOf("jstorage:k");
      RedisServer target =
          cluster.node(0) == cluster.ownerOf(slot) ? cluster.node(1) : cluster.node(0);
      try (Storage<String> storage = Opened.with(options)) {
        OPERATIONS.forEach(operation -> operation.accept(storage));
        storage.putAll(Map.of("k", "v", "l", "v", "m", "v"));
        cluster.moveSlot(
            slot, target, () -> OPERATIONS.forEach(operation -> operation.accept(storage)));
        OPERATIONS.forEach(operation -> operation.accept(storage));
        storage.clear();
      }
    }
  }
}
