/** The factories, for the provider only. */
@NullMarked
package io.jstorage.policy.internal;

import org.jspecify.annotations.NullMarked;
