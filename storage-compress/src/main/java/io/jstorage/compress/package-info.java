/** Transforms that compress, and how to make them. */
@NullMarked
package io.jstorage.compress;

import org.jspecify.annotations.NullMarked;
