/** Tests. */
@NullMarked
package io.jstorage.s3;

import org.jspecify.annotations.NullMarked;
