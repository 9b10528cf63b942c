package io.jstorage.cli.pystorage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file below the directory.
 *
 * @param path where it is
 * @param name its path from the directory on
 * @param format its format; null for a file that is not one of pystorage's
 * @param key its key, if its name has one
 * @param refusal why it cannot be read, if that is known already
 */
record PyFile(
    Path path,
    String name,
    @Nullable PyFormat format,
    @Nullable String key,
    @Nullable String refusal) {}
