/** Memory in front of Redis, beside Redis itself. */
@NullMarked
package io.jstorage.benchmarks.near;

import org.jspecify.annotations.NullMarked;
