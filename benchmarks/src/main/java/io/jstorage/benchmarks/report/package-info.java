/** The table and the plots. */
@NullMarked
package io.jstorage.benchmarks.report;

import org.jspecify.annotations.NullMarked;
