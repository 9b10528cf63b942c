/** Tests of storages in Redis, on real servers. */
@NullMarked
package io.jstorage.redis;

import org.jspecify.annotations.NullMarked;
