/** Caches in memory, beside those that people use. */
@NullMarked
package io.jstorage.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
