package io.jstorage.architecture.planted.cycle.one;

import io.jstorage.architecture.planted.cycle.two.Two;
import org.jspecify.annotations.Nullable;

/** Needs what needs it. */
public class One {
  @Nullable Two two;
}
