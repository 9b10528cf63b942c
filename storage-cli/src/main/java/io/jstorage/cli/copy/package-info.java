/** Many entries at once: read in batches by several threads, written, and read back. */
@NullMarked
package io.jstorage.cli.copy;

import org.jspecify.annotations.NullMarked;
