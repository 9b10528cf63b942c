/** What the layers between a caller and a store cost. */
@NullMarked
package io.jstorage.benchmarks.glue;

import org.jspecify.annotations.NullMarked;
