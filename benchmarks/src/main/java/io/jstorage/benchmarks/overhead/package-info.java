/** The cost of what is counted, observed or put in front of a storage. */
@NullMarked
package io.jstorage.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
