/** Servers for the tests: real ones, and a proxy that gets in the way. */
@NullMarked
package io.jstorage.s3.server;

import org.jspecify.annotations.NullMarked;
