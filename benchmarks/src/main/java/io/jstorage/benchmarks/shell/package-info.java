/** The shell, as a process. */
@NullMarked
package io.jstorage.benchmarks.shell;

import org.jspecify.annotations.NullMarked;
