package io.jstorage.jvm;

/** Something to do, which may fail. */
@FunctionalInterface
public interface Work {
  /** Does it. */
  void run() throws Exception;
}
