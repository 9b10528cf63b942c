/** Codecs and transforms, beside the libraries that they stand on. */
@NullMarked
package io.jstorage.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
