/** Tests of JCache over storages. */
@NullMarked
package io.jstorage.jcache;

import org.jspecify.annotations.NullMarked;
