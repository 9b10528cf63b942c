/** A store of one file per key. The format on disk is specified in {@code docs/format.md}. */
@NullMarked
package io.jstorage.file;

import org.jspecify.annotations.NullMarked;
