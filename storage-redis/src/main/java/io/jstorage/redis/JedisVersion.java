package io.jstorage.redis;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The version of Jedis that is present. A build tool may have chosen another one than ours, as the
 * dependency management of a parent POM does. This class needs none of Jedis' own.
 */
public final class JedisVersion {
  /** The oldest version that works. */
  public static final String OLDEST = "6.0.0";

  /** A class that has been there since the oldest version. */
  private static final String MARKER = "redis.clients.jedis.authentication.AuthXManager";

  /** A class that every version has. */
  private static final String ANY = "redis.clients.jedis.Protocol";

  private static final String PROPERTIES = "/META-INF/maven/redis.clients/jedis/pom.properties";

  private JedisVersion() {}

  /**
   * Checks that the Jedis that is present is not too old.
   *
   * @throws IllegalStateException if there is none, or one that is too old
   */
  public static void check() {
    if (find(MARKER) == null) {
      Class<?> any = find(ANY);
      throw new IllegalStateException(
          "storage-redis needs the library redis.clients:jedis in version %s or later, but %s; declare a newer version, or raise the one that your build manages (under Spring Boot, the property 'jedis.version')"
              .formatted(OLDEST, any == null ? "it is not there" : found(any)));
    }
  }

  private static String found(Class<?> any) {
    String version = versionBeside(any);
    return version == null
        ? "an older one of unknown version is present"
        : "finds version %s".formatted(version);
  }

  private static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(name, false, JedisVersion.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable String versionBeside(Class<?> any) {
    try (InputStream in = any.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }
}
