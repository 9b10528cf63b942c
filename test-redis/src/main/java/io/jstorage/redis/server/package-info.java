/**
 * Redis servers that tests start: single ones, Sentinels, a Cluster and a scripted one; and proxies
 * that break the connections to them.
 */
@NullMarked
package io.jstorage.redis.server;

import org.jspecify.annotations.NullMarked;
