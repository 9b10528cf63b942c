package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import java.util.List;

/** Waits for near storages to return what is far: what stays old for ever is found by this. */
final class Converged {
  private Converged() {}

  /** The keys are those of a history, written no longer, and read from far by a plain storage. */
  static void await(List<? extends Storage<String>> openers, Storage<String> far, int keys) {
    for (int i = 0; i < keys; i++) {
      String key = "k" + i + ".0";
      Polling.until(
          "all openers read what is far under " + key,
          () -> openers.stream().allMatch(opener -> isFar(opener, far, key)));
    }
  }

  private static boolean isFar(Storage<String> opener, Storage<String> far, String key) {
    try {
      return opener.get(key).equals(far.get(key));
    } catch (StorageUnavailableException e) {
      return false; // A short time-out may be over after a pause of the machine.
    }
  }
}
