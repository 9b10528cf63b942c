/** An S3 server that tests start, a proxy that makes faults on the way to it, and a slow link. */
@NullMarked
package io.jstorage.s3.server;

import org.jspecify.annotations.NullMarked;
