/** Real Redis servers for tests, and a proxy that breaks the connections to them. */
@NullMarked
package io.jstorage.redis.server;

import org.jspecify.annotations.NullMarked;
