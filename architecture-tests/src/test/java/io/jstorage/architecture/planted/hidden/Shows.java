package io.jstorage.architecture.planted.hidden;

import io.jstorage.architecture.planted.hidden.internal.Secret;

/** A public method that returns what no user can name. */
public class Shows {
  public Secret secret() {
    return new Secret();
  }
}
