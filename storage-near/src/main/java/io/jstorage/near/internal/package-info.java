/** The factory, for the provider only. */
@NullMarked
package io.jstorage.near.internal;

import org.jspecify.annotations.NullMarked;
