/** Tests of the factories. */
@NullMarked
package io.jstorage.redis.internal;

import org.jspecify.annotations.NullMarked;
