/** Runs programs in other JVMs, and tasks in threads, for the tests of several modules. */
@NullMarked
package io.jstorage.jvm;

import org.jspecify.annotations.NullMarked;
