/** Tests of storages in memory. */
@NullMarked
package io.jstorage.memory;

import org.jspecify.annotations.NullMarked;
