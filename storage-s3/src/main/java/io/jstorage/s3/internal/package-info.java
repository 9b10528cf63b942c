/** The factory that the provider finds. */
@NullMarked
package io.jstorage.s3.internal;

import org.jspecify.annotations.NullMarked;
