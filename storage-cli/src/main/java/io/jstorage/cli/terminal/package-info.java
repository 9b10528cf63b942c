/** Output, questions and drawings. */
@NullMarked
package io.jstorage.cli.terminal;

import org.jspecify.annotations.NullMarked;
