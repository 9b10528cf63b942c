/** Storages by URL: as values, as the contents of a codec, and as the bytes that are stored. */
@NullMarked
package io.jstorage.cli.location;

import org.jspecify.annotations.NullMarked;
