/** Benchmarks of JMH, and the caches, stores and clients that they compare. */
@NullMarked
package io.jstorage.benchmarks;

import org.jspecify.annotations.NullMarked;
