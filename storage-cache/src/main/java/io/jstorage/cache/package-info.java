/**
 * What caches are made of beyond a storage: objects as keys, places by name or URL, and an eye on
 * every operation.
 */
@NullMarked
package io.jstorage.cache;

import org.jspecify.annotations.NullMarked;
