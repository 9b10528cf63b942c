package io.jstorage.architecture.planted.cycle.two;

import io.jstorage.architecture.planted.cycle.one.One;
import org.jspecify.annotations.Nullable;

/** Needs what needs it. */
public class Two {
  @Nullable One one;
}
