/** Caches of Spring over any storage. */
@NullMarked
package io.jstorage.spring;

import org.jspecify.annotations.NullMarked;
