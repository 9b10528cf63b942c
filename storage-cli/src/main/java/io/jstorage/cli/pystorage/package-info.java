/** The files of pystorage, and how they become entries. */
@NullMarked
package io.jstorage.cli.pystorage;

import org.jspecify.annotations.NullMarked;
