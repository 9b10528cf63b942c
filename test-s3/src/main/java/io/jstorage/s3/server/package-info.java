/** An S3 server that tests start, and a proxy that makes faults on the way to it. */
@NullMarked
package io.jstorage.s3.server;

import org.jspecify.annotations.NullMarked;
