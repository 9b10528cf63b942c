/** The commands on real storages, in this process and in others. */
@NullMarked
package io.jstorage.cli;

import org.jspecify.annotations.NullMarked;
