/**
 * Retries and a circuit breaker in front of any storage, by Failsafe: {@link
 * io.jstorage.resilience.ResilientStorage}.
 */
@NullMarked
package io.jstorage.resilience;

import org.jspecify.annotations.NullMarked;
