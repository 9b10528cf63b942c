/**
 * Requests to the objects of a bucket: what is sent, what is repeated, and what the answers mean.
 * Not exported.
 */
@NullMarked
package io.jstorage.s3.requests;

import org.jspecify.annotations.NullMarked;
