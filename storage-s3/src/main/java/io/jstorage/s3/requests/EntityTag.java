package io.jstorage.s3.requests;

import io.jstorage.Version;
import io.jstorage.spi.Condition;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags as versions: the tag without its quotes. Weak ones ({@code W/"…"}) are none: by the
 * rules of HTTP no write can be conditional on them.
 */
public final class EntityTag {
  /** The text that is allowed between the quotes; no server sends anything else. */
  private static final Pattern OPAQUE = Pattern.compile("[\\x21\\x23-\\x7e]+");

  private EntityTag() {}

  /** Returns whether writes can be conditional on a tag; null is the tag of an answer without. */
  public static boolean isStrong(@Nullable String tag) {
    return tag != null && !tag.startsWith("W/") && OPAQUE.matcher(tag.replace("\"", "")).matches();
  }

  /** Returns the version of a strong tag. */
  public static Version toVersion(String tag) {
    return Version.parse(tag.replace("\"", ""));
  }

  /** Returns the tag of a version, or null if no object can have it. */
  public static @Nullable String ofVersion(Version version) {
    String opaque = version.toString();
    return OPAQUE.matcher(opaque).matches() ? '"' + opaque + '"' : null;
  }

  /** Returns the tag that a condition asks for, or null if it asks for none. */
  static @Nullable String of(Condition condition) {
    Version version = condition.version();
    return version == null ? null : ofVersion(version);
  }

  /** Returns whether no object can meet a condition. */
  static boolean neverHolds(Condition condition) {
    Version version = condition.version();
    return version != null && ofVersion(version) == null;
  }
}
