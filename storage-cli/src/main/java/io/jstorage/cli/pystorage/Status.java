package io.jstorage.cli.pystorage;

/** The outcome for a file. */
public enum Status {
  /** The target has the value. */
  IMPORTED("imported"),
  /** The target has something else in its place, as an option allowed. */
  CONVERTED("converted"),
  /** The target had the value already. */
  PRESENT("present"),
  /** The time of a volatile entry is over. */
  EXPIRED("expired"),
  /** It is no file of a pystorage. */
  FOREIGN("foreign"),
  /** It was not imported. */
  REFUSED("refused");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
