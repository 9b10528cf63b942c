package io.jstorage.s3;

import io.jstorage.Version;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entity tags as versions: the tag without its quotes. */
final class EntityTag {
  /** What may stand between the quotes; anything else never came from a server. */
  private static final Pattern OPAQUE = Pattern.compile("[\\x21\\x23-\\x7e]+");

  private EntityTag() {}

  static Version toVersion(String tag) {
    String opaque = tag.replace("\"", "");
    return Version.parse(opaque.isEmpty() ? tag : opaque);
  }

  /** Returns the tag of a version, or null if no object can have it. */
  static @Nullable String ofVersion(Version version) {
    String opaque = version.toString();
    return OPAQUE.matcher(opaque).matches() ? '"' + opaque + '"' : null;
  }
}
