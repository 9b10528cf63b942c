/** What is printed, asked and drawn. */
@NullMarked
package io.jstorage.cli.terminal;

import org.jspecify.annotations.NullMarked;
