package io.jstorage.architecture.planted;

/** Speaks where nobody asked. */
class Prints {
  void out() {
    System.out.println("out");
  }
}
