/** The quick start, and a backend as a stranger would write it. */
@NullMarked
package io.jstorage.examples;

import org.jspecify.annotations.NullMarked;
