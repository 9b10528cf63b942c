package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for a secret in all that a failure shows. */
final class Secrets {
  private Secrets() {}

  /**
   * Asserts that neither the message nor the stack trace, with all causes and suppressed
   * exceptions, contains the secret.
   */
  static void assertHidden(Throwable failure, String secret) {
    StringWriter shown = new StringWriter();
    failure.printStackTrace(new PrintWriter(shown));
    assertThat(shown.toString()).doesNotContain(secret);
  }
}
