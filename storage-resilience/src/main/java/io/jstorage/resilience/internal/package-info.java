/** The factory, for the provider only. */
@NullMarked
package io.jstorage.resilience.internal;

import org.jspecify.annotations.NullMarked;
