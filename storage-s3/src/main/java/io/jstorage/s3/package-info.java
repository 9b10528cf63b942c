/** Storages of one object per key in a bucket of S3. */
@NullMarked
package io.jstorage.s3;

import org.jspecify.annotations.NullMarked;
