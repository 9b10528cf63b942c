/** Storages in Redis. */
@NullMarked
package io.jstorage.redis;

import org.jspecify.annotations.NullMarked;
