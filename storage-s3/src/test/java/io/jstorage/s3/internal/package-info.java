/** Tests of the factory. */
@NullMarked
package io.jstorage.s3.internal;

import org.jspecify.annotations.NullMarked;
