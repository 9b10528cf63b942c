/** Lets JMH measure the comparisons of the plan, and makes tables and plots of its JSON. */
@NullMarked
package io.jstorage.benchmarks.report;

import org.jspecify.annotations.NullMarked;
