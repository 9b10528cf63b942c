/** Finds backends by name or URL and makes their storages. */
@NullMarked
package io.jstorage.provider;

import org.jspecify.annotations.NullMarked;
