/** The factories by which the provider finds this module's transforms. */
@NullMarked
package io.jstorage.compress.internal;

import org.jspecify.annotations.NullMarked;
