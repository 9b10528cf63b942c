/** The factories that the provider finds. */
@NullMarked
package io.jstorage.redis.internal;

import org.jspecify.annotations.NullMarked;
