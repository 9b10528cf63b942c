package io.jstorage.cli.location;

/** The part that a storage plays in a command. */
public enum StorageRole {
  /** The only one, which is read or changed and has to exist. */
  SUBJECT("JSTORAGE_"),
  /** The only one, which is made if it does not exist. */
  MADE("JSTORAGE_"),
  /** The one that is copied from. */
  SOURCE("JSTORAGE_SOURCE_"),
  /** The one that is copied to, which is made if it does not exist. */
  TARGET("JSTORAGE_TARGET_");

  /** The prefix of the names of its environment variables. */
  final String variables;

  StorageRole(String variables) {
    this.variables = variables;
  }

  boolean exists() {
    return this == SUBJECT || this == SOURCE;
  }
}
