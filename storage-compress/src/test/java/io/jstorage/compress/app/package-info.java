/**
 * Programs that run in JVMs of their own. They have a package of their own because there this
 * module may be a named one.
 */
@NullMarked
package io.jstorage.compress.app;

import org.jspecify.annotations.NullMarked;
