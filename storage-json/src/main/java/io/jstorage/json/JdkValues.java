package io.jstorage.json;

import java.net.URL;
import java.util.regex.Pattern;

/** Compares objects of the JDK's classes, of which not all have an equals that can be used. */
final class JdkValues {
  private JdkValues() {}

  static boolean areEqual(Object a, Object b, PlainJson json) {
    if (a instanceof URL u && b instanceof URL v) {
      // Its own equals asks the network.
      return u.toExternalForm().equals(v.toExternalForm());
    }
    if (a instanceof Pattern p && b instanceof Pattern q) {
      return p.pattern().equals(q.pattern()) && p.flags() == q.flags();
    }
    return State.hasItsOwnEquals(a.getClass()) ? a.equals(b) : json.isSame(a, b);
  }
}
