/** Files and the disk LRU, beside raw calls and embedded stores. */
@NullMarked
package io.jstorage.benchmarks.file;

import org.jspecify.annotations.NullMarked;
