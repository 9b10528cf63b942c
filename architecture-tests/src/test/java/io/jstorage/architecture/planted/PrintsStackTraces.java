package io.jstorage.architecture.planted;

import java.io.IOException;
import java.io.PrintWriter;

/** Says it to a writer of its own. */
class PrintsStackTraces {
  void print(IOException e, PrintWriter writer) {
    e.printStackTrace(writer);
  }
}
