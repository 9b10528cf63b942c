/** What runs in JVMs of its own; a package of its own, for there this module may be a named one. */
@NullMarked
package io.jstorage.compress.app;

import org.jspecify.annotations.NullMarked;
