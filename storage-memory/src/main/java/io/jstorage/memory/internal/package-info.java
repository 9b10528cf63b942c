/** The factories, for the provider only. */
@NullMarked
package io.jstorage.memory.internal;

import org.jspecify.annotations.NullMarked;
