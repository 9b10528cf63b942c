/** The cost of the layers between a caller and a store. */
@NullMarked
package io.jstorage.benchmarks.glue;

import org.jspecify.annotations.NullMarked;
