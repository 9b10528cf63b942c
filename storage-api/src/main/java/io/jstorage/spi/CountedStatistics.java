package io.jstorage.spi;

import io.jstorage.Statistics;
import java.util.OptionalLong;

/**
 * The figures that a store has counted, at one time.
 *
 * @param hits reads that found a value
 * @param misses reads that found nothing
 * @param puts values stored
 * @param removals values removed by callers
 * @param loads loads that have ended
 * @param loadFailures loads without a value
 * @param loadNanos nanoseconds that loaders ran
 * @param evictions entries evicted, if the store knows
 * @param expirations entries removed as they had expired, if the store knows
 * @param entries entries at present, if the store knows
 */
public record CountedStatistics(
    long hits,
    long misses,
    long puts,
    long removals,
    long loads,
    long loadFailures,
    long loadNanos,
    OptionalLong evictions,
    OptionalLong expirations,
    OptionalLong entries)
    implements Statistics {}
