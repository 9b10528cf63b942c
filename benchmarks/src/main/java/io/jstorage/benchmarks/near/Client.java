package io.jstorage.benchmarks.near;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client of a server.
 *
 * @param get reads the value of a key
 * @param put writes one
 * @param closing closes it
 */
record Client(
    Function<String, @Nullable Object> get, BiConsumer<String, String> put, Runnable closing) {}
