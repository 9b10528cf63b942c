/**
 * Memory in front of any storage: {@link io.jstorage.near.NearStorage} keeps the values that were
 * read, and drops them when anybody changes them.
 */
@NullMarked
package io.jstorage.near;

import org.jspecify.annotations.NullMarked;
