package io.jstorage.cli.copy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way.
 *
 * @param key its key
 * @param bytes its bytes as they will be stored
 * @param deadline when it expires; null if never, or if nobody knows
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
public record Item(String key, byte[] bytes, @Nullable Instant deadline) {}
