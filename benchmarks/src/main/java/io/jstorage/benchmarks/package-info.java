/** Runs the plan of measurements and writes what they show. */
@NullMarked
package io.jstorage.benchmarks;

import org.jspecify.annotations.NullMarked;
