/** The compatibility kit of JSR-107 over several storages. */
@NullMarked
package io.jstorage.jcache.tck;

import org.jspecify.annotations.NullMarked;
