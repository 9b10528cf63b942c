/** Found through {@link java.util.ServiceLoader}; nothing here is for direct use. */
@NullMarked
package io.jstorage.pickle.internal;

import org.jspecify.annotations.NullMarked;
