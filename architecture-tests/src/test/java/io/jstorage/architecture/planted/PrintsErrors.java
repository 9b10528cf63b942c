package io.jstorage.architecture.planted;

/** Speaks where nobody asked. */
class PrintsErrors {
  void err() {
    System.err.println("err");
  }
}
