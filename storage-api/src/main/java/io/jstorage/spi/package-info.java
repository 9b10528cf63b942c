/**
 * The interfaces that backends implement, and the glue that makes storages of them.
 *
 * <p>Most backends are one {@link io.jstorage.spi.ByteStore} and one {@link
 * io.jstorage.spi.ByteStoreFactory}, registered both in {@code module-info.java} and in {@code
 * META-INF/services/io.jstorage.spi.StorageFactory}.
 */
@NullMarked
package io.jstorage.spi;

import org.jspecify.annotations.NullMarked;
