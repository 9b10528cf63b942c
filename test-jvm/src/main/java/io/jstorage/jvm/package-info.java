/** Runs programs in other JVMs, for the tests of several modules. */
@NullMarked
package io.jstorage.jvm;

import org.jspecify.annotations.NullMarked;
