/**
 * JCache over storages: {@link io.jstorage.jcache.StorageCachingProvider} makes the caches, {@link
 * io.jstorage.jcache.Stored} is what they keep.
 */
@NullMarked
package io.jstorage.jcache;

import org.jspecify.annotations.NullMarked;
