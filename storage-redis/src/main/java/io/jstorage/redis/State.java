package io.jstorage.redis;

import io.jstorage.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state of an entry that a version stands for: the digest of the bytes, and the deadline.
 *
 * @param digest SHA-1 in hexadecimal, as scripts compute it
 * @param deadline in milliseconds since 1970; -1 if there is none, as Redis has it
 */
record State(String digest, long deadline) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{40})(?:-(\\d{1,19}))?");

  static State of(byte[] bytes, long deadline) {
    return new State(Sha1.hexOf(bytes), deadline);
  }

  Version toVersion() {
    return Version.parse(deadline < 0 ? digest : digest + "-" + deadline);
  }

  /** Null for what is no version of this store, and so of no entry. */
  static @Nullable State parse(Version version) {
    Matcher matcher = FORM.matcher(version.toString());
    if (!matcher.matches()) {
      return null;
    }
    try {
      String deadline = matcher.group(2);
      return new State(matcher.group(1), deadline == null ? -1 : Long.parseLong(deadline));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
