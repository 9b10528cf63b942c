/** The factories by which the provider finds this module's codecs. */
@NullMarked
package io.jstorage.internal;

import org.jspecify.annotations.NullMarked;
