package io.jstorage.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param workload what is done
 * @param ours what is judged
 * @param peerName beside what; empty if it is judged by itself
 * @param peer what it is measured beside
 * @param bound what is wanted
 */
record Row(String workload, Subject ours, String peerName, @Nullable Subject peer, Bound bound) {}
