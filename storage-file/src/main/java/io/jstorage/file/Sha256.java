package io.jstorage.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest behind the names of long keys and behind versions. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
