@NullMarked
package io.jstorage.s3.requests;

import org.jspecify.annotations.NullMarked;
