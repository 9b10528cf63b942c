/** Programs that tests run in a JVM of their own. */
@NullMarked
package io.jstorage.jvm;

import org.jspecify.annotations.NullMarked;
