/** S3, beside the raw client of the SDK. */
@NullMarked
package io.jstorage.benchmarks.s3;

import org.jspecify.annotations.NullMarked;
