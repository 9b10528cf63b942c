/**
 * The parts of caches that a storage lacks: objects as keys, places by name or URL, and an eye on
 * every operation.
 */
@NullMarked
package io.jstorage.cache;

import org.jspecify.annotations.NullMarked;
