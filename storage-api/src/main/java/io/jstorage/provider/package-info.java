/** The way in by name: finds the backends that are there and makes their storages. */
@NullMarked
package io.jstorage.provider;

import org.jspecify.annotations.NullMarked;
