package io.jstorage.benchmarks;

import java.util.List;

/** The system properties that the JVMs of measurements share with the one that starts them. */
final class Forks {
  private static final String REDIS = "jstorage.redis.server";

  private Forks() {}

  /** Returns the properties as arguments of a JVM. */
  static List<String> properties() {
    return List.of(
        "-D" + Scratch.PROPERTY + "=" + Scratch.root(), "-D" + REDIS + "=" + redisServer());
  }

  /** Returns the program of the Redis server that was named, or "" for that of the tests. */
  static String redisServer() {
    return System.getProperty(REDIS, "");
  }
}
