/**
 * Runs programs in other JVMs and tasks in threads, and waits for them, for the tests of several
 * modules.
 */
@NullMarked
package io.jstorage.jvm;

import org.jspecify.annotations.NullMarked;
