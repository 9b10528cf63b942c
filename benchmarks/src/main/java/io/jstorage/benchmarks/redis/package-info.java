/** Redis, beside raw Jedis. */
@NullMarked
package io.jstorage.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
