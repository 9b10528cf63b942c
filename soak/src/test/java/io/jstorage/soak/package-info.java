/** All storages at once, for as long as one likes, while processes and servers are killed. */
@NullMarked
package io.jstorage.soak;

import org.jspecify.annotations.NullMarked;
