package io.jstorage.benchmarks;

import io.jstorage.benchmarks.report.Chart;
import java.util.List;

/**
 * A part of the plan, whose subjects take turns.
 *
 * @param name the heading
 * @param comparisons the rows of the table
 * @param charts the plots
 */
record Section(String name, List<Comparison> comparisons, List<Chart<Measurable>> charts) {}
