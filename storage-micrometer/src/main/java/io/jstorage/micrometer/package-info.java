/** Meters and observations of storages by Micrometer. */
@NullMarked
package io.jstorage.micrometer;

import org.jspecify.annotations.NullMarked;
