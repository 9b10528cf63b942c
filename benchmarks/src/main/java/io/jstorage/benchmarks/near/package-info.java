/** Memory in front of Redis, beside Redis and beside Jedis' own cache. */
@NullMarked
package io.jstorage.benchmarks.near;

import org.jspecify.annotations.NullMarked;
