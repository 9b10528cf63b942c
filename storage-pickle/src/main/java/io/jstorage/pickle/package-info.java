/** Values as pickles, which Python reads and writes. */
@NullMarked
package io.jstorage.pickle;

import org.jspecify.annotations.NullMarked;
