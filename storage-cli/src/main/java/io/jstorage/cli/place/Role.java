package io.jstorage.cli.place;

/** What a storage is to a command. */
public enum Role {
  /** The only one, which is read or changed and has to exist. */
  SUBJECT("JSTORAGE_"),
  /** The only one, which is made if it does not exist. */
  MADE("JSTORAGE_"),
  /** The one that is copied from. */
  SOURCE("JSTORAGE_SOURCE_"),
  /** The one that is copied to, which is made if it does not exist. */
  TARGET("JSTORAGE_TARGET_");

  /** What the names of its environment variables begin with. */
  final String variables;

  Role(String variables) {
    this.variables = variables;
  }

  boolean exists() {
    return this == SUBJECT || this == SOURCE;
  }
}
